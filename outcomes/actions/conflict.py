class Conflict(Exception):  # noqa: N818 (a sentence for people)
    """The step cannot be taken now; the message says why and nothing was changed."""
