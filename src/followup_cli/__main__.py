"""The one boundary: errors become a sentence and an exit code."""

import gc
import os
import sys


def main() -> None:
    """Run the program; exit 0 done, 1 findings, 2 the request cannot be met, 130 interrupted."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - no pathlib yet
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever called us
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - no pathlib yet
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    # The process is short: looking for garbage would take a tenth of its time.
    collects = gc.isenabled()
    gc.disable()
    try:
        code = _run()
        sys.stdout.flush()
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        _forget_output()  # the reader has gone: there is nothing to say
        code = 0
    except OSError as error:
        if os.environ.get("FOLLOWUP_DEBUG"):
            raise
        _forget_output()
        about = f": {error.filename}" if error.filename else ""
        sys.stderr.write(f"error: the system refused: {(error.strerror or str(error)).lower()}{about}\n")
        code = 2
    finally:
        if collects:
            gc.enable()
    sys.exit(code)


def _forget_output() -> None:
    """Lead what is still to be written nowhere, so that nothing fails at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run() -> int:
    # What must be there at once is answered before the rest of the program is loaded.
    if sys.argv[1:] in (["--version"], ["-V"]):
        from followup_cli import __version__

        sys.stdout.write(f"followup {__version__}\n")
        return 0
    if sys.argv[1:2] == ["__complete"]:
        from followup_cli.app.completing import complete, written

        sys.stdout.write(written(complete(sys.argv[2:])))
        return 0
    from followup_cli.app.commands import app
    from followup_cli.errors import FollowupError

    try:
        result = app(prog_name="followup", standalone_mode=False)
    except FollowupError as error:
        from followup_cli.formats.terminal import safe

        sys.stderr.write(f"error: {safe(error.message)}\n")
        if error.hint:
            sys.stderr.write(f"hint: {safe(error.hint)}\n")
        return 2
    except OSError:
        raise
    except Exception as error:
        # Typer's complaints about a command line have no public type; they know their words and exit code.
        words, code = getattr(error, "format_message", None), getattr(error, "exit_code", None)
        if words is not None and isinstance(code, int):
            from followup_cli.formats.terminal import safe

            sys.stderr.write("error: {}\nhint: {}\n".format(*map(safe, _explained(error, words()))))
            return code
        if os.environ.get("FOLLOWUP_DEBUG"):
            raise
        sys.stderr.write(f"error: a bug in followup: {type(error).__name__}: {str(error)[:200]}\n")
        sys.stderr.write("hint: run it again with FOLLOWUP_DEBUG=1 and report what it prints\n")
        return 70
    return result if isinstance(result, int) else 0


def _explained(error: Exception, words: str) -> tuple[str, str]:
    """Put Typer's complaint in our words where we know better what was meant."""
    name, command = getattr(error, "option_name", None), getattr(getattr(error, "ctx", None), "command", None)
    if "No such option" in words and name and command:
        from followup_cli.choosing import nearest

        meant = nearest(name, [option for parameter in command.params for option in parameter.opts])
        if meant:
            return f"there is no option `{name}`", f"did you mean `{meant}`?"
        return f"there is no option `{name}`", f"`followup {command.name} -h` shows the options"
    if "No such command" in words:
        from followup_cli.app.commands import COMMANDS
        from followup_cli.choosing import nearest

        typed = words.partition("'")[2].partition("'")[0]
        meant = nearest(typed, COMMANDS)
        hint = f"did you mean `followup {meant}`?" if meant else f"the commands are {', '.join(COMMANDS)}"
        return f"there is no command `{typed[:60]}`", hint
    return words[:1].lower() + words[1:].rstrip("."), "`-h` after a command shows its options"


if __name__ == "__main__":
    main()
