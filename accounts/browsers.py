"""Browsers in plain words, as far as they say who they are."""

# The first name found counts: Edge also calls itself Chrome, Chrome calls itself Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
DEVICES = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "a Mac",
    "CrOS": "a Chromebook",
    "Linux": "Linux",
}


def in_words(user_agent: str) -> str:
    """For example “Chrome on Windows”; “A browser” when it does not say."""
    browser = _first(BROWSERS, user_agent) or "A browser"
    device = _first(DEVICES, user_agent)
    return f"{browser} on {device}" if device else browser


def _first(names: dict[str, str], text: str) -> str:
    return next((name for mark, name in names.items() if mark in text), "")
