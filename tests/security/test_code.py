"""What the code must not hold, found by reading it."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = (
    "accounts", "demo", "design_system", "jobs", "outcomes", "pages", "partners", "programmes",
    "reports", "slic_portal",
)  # fmt: skip
SOURCES = sorted(
    file for app in APPS for file in (ROOT / app).rglob("*.py") if "migrations" not in file.parts
)
# Mails are plain text (.txt), where nothing is to be escaped.
TEMPLATES = sorted(
    [*(ROOT / "templates").rglob("*.html"), *(f for a in APPS for f in (ROOT / a).rglob("*.html"))]
)
# Statements made from our own names only; each says why it must be made so.
MADE_STATEMENTS = {
    "slic_portal/servers.py": "the name of the embedded database is a constant of ours",
    "outcomes/intake/checking.py": "one of the checks of this module is put into its INSERT",
}
UNSAFE_CALLS = {
    "eval", "exec", "mark_safe", "SafeString", "pickle.load", "pickle.loads", "marshal.loads",
    "yaml.load", "os.system", "os.popen", "shelve.open", "csrf_exempt", "xframe_options_exempt",
    "csp_exempt", "RawSQL", "hashlib.md5", "hashlib.sha1", "random.choice", "random.random",
}  # fmt: skip
# Where such a call is right, and why.
ALLOWED_CALLS: dict[tuple[str, str], str] = {}
SECRETS = {
    "private key": r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY",
    "key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "token of a forge": r"\b(?:ghp|gho|ghs|glpat|github_pat)[_-][0-9A-Za-z_-]{20,}",
    "signed token": r"\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}",
    "Fernet key": r"(?<![\w+/=-])[\w-]{43}=(?![\w=])",
    "password in an address": r"\b(?:postgres|rediss?|smtp)://[^\s:@/{}\"']+:(?!password|\{)[^\s@{}\"']+@",
    "assigned secret": r"(?im)^\s*(?:SECRET_KEY|API_KEY|AUTH_TOKEN)\s*=\s*[\"'][^\"'\s]{16,}[\"']",
}


def trees():
    for file in SOURCES:
        yield str(file.relative_to(ROOT)), ast.parse(file.read_text())


def name_of(node: ast.expr) -> str:
    """A dotted name as written, or nothing."""
    if isinstance(node, ast.Attribute):
        inner = name_of(node.value)
        return f"{inner}.{node.attr}" if inner else node.attr
    return node.id if isinstance(node, ast.Name) else ""


def calls():
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield path, name_of(node.func), node


def is_made(node: ast.expr) -> bool:
    """Whether a text is put together where it is used."""
    if isinstance(node, ast.JoinedStr | ast.BinOp):
        return True
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_call and node.func.attr in ("format", "join", "replace")


def test_sources_are_there_to_be_read():
    assert len(SOURCES) > 100
    assert len(TEMPLATES) > 60


def test_no_statement_is_put_together_from_values():
    made = {
        path
        for path, name, node in calls()
        if name.rpartition(".")[2] in ("execute", "executemany", "raw", "extra", "RunSQL")
        and node.args
        and is_made(node.args[0])
    }
    assert made == set(MADE_STATEMENTS)


def test_no_dangerous_call():
    found = {(path, name) for path, name, _ in calls() if name in UNSAFE_CALLS}
    assert found == set(ALLOWED_CALLS)


def test_no_shell_reads_what_somebody_wrote():
    shells = [
        path
        for path, _, node in calls()
        for word in node.keywords
        if word.arg == "shell"
        and not (isinstance(word.value, ast.Constant) and not word.value.value)
    ]
    assert shells == []


def test_no_template_trusts_a_text():
    found = [
        str(file.relative_to(ROOT))
        for file in TEMPLATES
        if re.search(r"\|\s*safe(seq)?\b|autoescape off|\{%\s*debug", file.read_text())
    ]
    assert found == []


def test_scripts_make_no_code_from_text():
    for script in (ROOT / "static" / "js").glob("*.js"):
        words = r"\beval\(|new Function|innerHTML|outerHTML|document\.write|insertAdjacentHTML"
        assert not re.search(words, script.read_text()), script.name
        assert not re.search(r"localStorage|indexedDB|postMessage", script.read_text()), script.name


def test_messages_hold_data_only():
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TASK_IGNORE_RESULT
    serializer = "django.contrib.sessions.serializers.JSONSerializer"
    assert serializer == settings.SESSION_SERIALIZER


@pytest.mark.parametrize("kind", SECRETS)
def test_no_secret_is_kept_with_the_code(kind):
    names = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    assert len(names) > 200
    found = []
    for name in filter(None, names):
        file = ROOT / name
        if not file.is_file() or file.suffix in (".png", ".ico", ".woff2", ".xlsx", ".lock"):
            continue
        if name in ("package-lock.json", "requirements.txt", "requirements-dev.txt"):
            continue
        for match in re.finditer(SECRETS[kind], file.read_text(errors="ignore")):
            found.append(f"{name}: {match[0][:12]}…")
    assert found == []


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        ("private key", "-----BEGIN " + "PRIVATE KEY-----"),
        ("key of a cloud", "AKIA" + "ABCDEFGHIJKLMNOP"),
        ("token of a forge", "ghp_" + "a1B2c3D4e5" * 3),
        ("signed token", ".".join(["eyJ" + "a" * 30, "eyJ" + "b" * 30, "c" * 30])),
        ("Fernet key", "k" * 43 + "="),
        ("password in an address", "postgres://portal:" + "hunter2@db/portal"),
        ("assigned secret", "SECRET_KEY = '" + "q" * 40 + "'"),
    ],
)
def test_search_for_secrets_finds_one(kind, example):
    assert re.search(SECRETS[kind], example)


def test_nobody_has_an_account_to_begin_with(db):
    from accounts.models import User

    assert not User.objects.exists()


def test_every_place_that_lets_people_in_is_on_the_list():
    assert settings.AUTHENTICATION_BACKENDS == [
        "rules.permissions.ObjectPermissionBackend",  # answers about permissions, lets nobody in
        "allauth.account.auth_backends.AuthenticationBackend",
    ]
    assert not {"django.contrib.admin", "allauth.headless", "rest_framework"} & {
        *settings.INSTALLED_APPS
    }
    assert settings.MFA_SUPPORTED_TYPES == ["totp", "webauthn", "recovery_codes"]


def test_passwords_are_hashed_with_argon2():
    from slic_portal import settings as as_written

    assert as_written.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
