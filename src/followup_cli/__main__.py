"""The one boundary: errors become a sentence and an exit code."""

import _signal  # type: ignore[import-not-found] # signal itself takes too long to load
import atexit
import gc
import io
import os
import sys

TYPE_CHECKING = False  # as in typing, which takes too long to load
if TYPE_CHECKING:
    from typing import TextIO

    from _typeshed import ReadableBuffer


def main() -> None:
    """Run the program; exit 0 done, 1 findings, 2 the request cannot be met, 130 interrupted."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - no pathlib yet
    sys.stdout = _whole(sys.stdout)
    sys.stderr = _whole(sys.stderr, forgives=True)
    # The process is short: looking for garbage would take a fifth of its time, half of that as it ends.
    atexit.register(gc.freeze)
    collects = gc.isenabled()
    gc.disable()
    try:
        code = _run(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        _forget_output()
        code = 130
    except BrokenPipeError:
        _forget_output()  # the reader has gone: there is nothing to say
        code = 0
    except OSError as error:
        if os.environ.get("FOLLOWUP_DEBUG"):
            raise
        _forget_output()
        about = f": {error.filename}" if error.filename else ""
        _refuse(f"the system refused: {(error.strerror or str(error)).lower()}{about}")
        code = 2
    finally:
        atexit.register(_end_quietly)
        if collects:
            gc.enable()
    sys.exit(code)


def _end_quietly() -> None:
    """Let whoever interrupts the process as it ends be shown nothing of it."""
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)


class _Whole(io.RawIOBase):
    """Writes all it is given to a descriptor, even to one that does not block or takes only a part at once.

    `forgives` loses what cannot be written: nothing could be said about it.
    """

    def __init__(self, descriptor: int, *, forgives: bool) -> None:
        self._descriptor = descriptor
        self._forgives = forgives

    def fileno(self) -> int:
        return self._descriptor

    def isatty(self) -> bool:
        return os.isatty(self._descriptor)

    def writable(self) -> bool:
        return True

    def write(self, content: "ReadableBuffer", /) -> int:
        left = memoryview(content).cast("B")
        size = len(left)
        while left:
            try:
                left = left[os.write(self._descriptor, left) :]
            except BlockingIOError:
                import select

                select.select([], [self._descriptor], [])
            except OSError:
                if self._forgives:
                    break
                raise
        return size


def _whole(stream: "TextIO | None", *, forgives: bool = False) -> "TextIO":
    """Give a stream that writes everything, in UTF-8 with plain line ends, or fails."""
    if stream is None:  # closed by whoever called us
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - no pathlib yet
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    if os.name == "nt":  # whose consoles have a way of their own
        return stream
    try:
        raw = _Whole(stream.fileno(), forgives=forgives)
    except io.UnsupportedOperation:  # a stream in memory
        return stream
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding="utf-8",
        errors="backslashreplace",
        newline="\n",
        line_buffering=forgives or stream.isatty(),
    )


def _forget_output() -> None:
    """Lead what is still to be written nowhere, so that nothing fails at exit."""
    try:  # noqa: SIM105 - contextlib takes too long to load
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except io.UnsupportedOperation:
        pass  # a stream in memory


def _run(words: list[str]) -> int:
    # What must be there at once is answered before the rest of the program is loaded.
    if words in (["--version"], ["-V"]):
        from followup_cli import __version__

        sys.stdout.write(f"followup {__version__}\n")
        return 0
    if words[:1] == ["__complete"]:
        from followup_cli.app.completing import complete, written

        sys.stdout.write(written(complete(words[1:])))
        return 0
    from followup_cli.app.commands import complaint, run
    from followup_cli.errors import FollowupError

    try:
        return run(words)
    except FollowupError as error:
        _refuse(error.message, error.hint)
        return 2
    except OSError:
        raise
    except Exception as error:
        refusal = complaint(error, words)
        if refusal is not None:
            _refuse(refusal.message, refusal.hint)
            return 2
        if os.environ.get("FOLLOWUP_DEBUG"):
            raise
        _refuse(
            f"a bug in followup: {type(error).__name__}: {str(error)[:200]}",
            "run it again with FOLLOWUP_DEBUG=1 and report what it prints",
        )
        return 70


def _refuse(message: str, hint: str | None = None) -> None:
    """Say on one line each why a request cannot be met and what to try: nothing in it may look like more."""
    from followup_cli.formats.terminal import safe, safe_line

    for word, text in (("error", safe_line(message)), ("hint", safe_line(hint or ""))):
        if text:
            sys.stderr.write(f"{word}: {text if len(text) <= _LONGEST else text[:_LONGEST] + '…'}\n")
    if os.environ.get("GITHUB_ACTIONS") == "true":
        from followup_cli.app.github import show_refusal

        show_refusal(*(safe(text)[:_LONGEST] for text in (message, hint or "")))


_LONGEST = 2_000  # characters of a message: what was typed may be longer than anyone reads


if __name__ == "__main__":
    main()
