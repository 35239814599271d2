"""The one exception that users may see: a request that cannot be met."""


class FollowupError(Exception):
    """Say why a request cannot be met and what to try instead.

    Attributes:
        message: one sentence, lower-case start, no final stop, literals in back-ticks.
        hint: what to try, or None.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
