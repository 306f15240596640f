"""The tenths of deprivation that national files tell of."""

SCHEME = "tenth"
WORDS = ("", "Second", "Third", "Fourth", "Fifth")


def tenths() -> dict[str, str]:
    """The groups of national files, by slug: 1 is the most deprived, as in the Index itself."""
    named = {}
    for number, word in enumerate(WORDS, start=1):
        for place, side in ((number, "most"), (11 - number, "least")):
            name = f"{word} {side} deprived tenth" if word else f"{side.title()} deprived tenth"
            named[f"tenth-{place}"] = name
    return named


def add(apps, schema_editor) -> None:
    category = apps.get_model("outcomes", "Category")
    for slug, name in tenths().items():
        order = int(slug.removeprefix("tenth-"))
        category.objects.create(scheme=SCHEME, slug=slug, name=name, order=order)
    category.objects.create(scheme=SCHEME, slug="not-known", name="Not known", order=99)


def remove(apps, schema_editor) -> None:
    apps.get_model("outcomes", "Category").objects.filter(scheme=SCHEME).delete()
