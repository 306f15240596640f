"""`make reset`: deletes what a portal keeps under VAR_DIR, and nothing else, after asking."""

import shutil
import sys
from pathlib import Path

from slic_portal.embedded import given_settings, in_use, state_folder, var_dir_of
from slic_portal.run import only_one
from slic_portal.servers import EmbeddedError

CONTENTS = ("postgres", "redis", "media", "private", "secret_key", "mfa_key", "beat", "log")


def contents(var_dir: Path) -> list[Path]:
    """What there is to delete."""
    folders = dict.fromkeys([var_dir, state_folder(var_dir)])
    return [path for folder in folders for name in CONTENTS if (path := folder / name).exists()]


def delete(var_dir: Path) -> None:
    """Delete the data; EmbeddedError when the portal or another command uses them."""
    with only_one(var_dir):
        if in_use(var_dir):
            raise EmbeddedError(
                f"A command still uses the data in {var_dir}. Wait until it has ended, or stop it."
            )
        for path in contents(var_dir):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def main(arguments: list[str]) -> int:
    settings = given_settings()
    var_dir = var_dir_of(settings)
    if settings.get("DATABASE_URL"):
        print("DATABASE_URL names a database of your own: that one is left alone.")
    if "--yes" not in arguments:
        print(f"This deletes all data of the portal in {var_dir}: its database, files and keys.")
        try:
            answer = input("Type yes to delete them: ")
        except EOFError:
            answer = ""
        if answer.strip().lower() != "yes":
            print("Nothing was deleted.")
            return 0
    try:
        delete(var_dir)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    print("All data are deleted. `make run` starts afresh.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
