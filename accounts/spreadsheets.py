"""Text in files that people open with a spreadsheet, which might take it for a formula."""

# Spreadsheets take a file without this mark for Windows-1252 and garble names such as “King’s”;
# pandas and R skip it, and Python does with the encoding "utf-8-sig".
BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def as_text(text: str) -> str:
    """The text, guarded so that no spreadsheet runs it as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
