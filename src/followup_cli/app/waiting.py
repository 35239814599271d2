"""Show a person at a terminal that long work goes on; a pipe sees nothing of it."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 1.0  # seconds before anything is shown


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show a bar with what is being done and for how long, once it takes longer than a moment."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    shown = []

    def show() -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.add_task(what, total=None)
        bar.start()
        shown.append(bar)

    timer = threading.Timer(PATIENCE, show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        for bar in shown:
            bar.stop()
