"""Runs what takes time beside the server: few at once, a short queue, and never longer than somebody waits."""

from __future__ import annotations

import asyncio
import signal
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from aikg.ontology.errors import StoreError
from aikg.ontology.language import say, speaking

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BusyError", "Workers"]

T = TypeVar("T")


class BusyError(StoreError):
    """Too many questions are waiting."""


class Workers:
    """At most `parallel` jobs run, at most `waiting` more wait, none is waited for longer than `seconds`.

    Threads are daemons: a statement that the engine has not finished does not keep Ctrl-C from ending the console.
    A job that nobody waits for any more keeps its place until it ends, so that giving up does not make room for more work.
    """

    def __init__(self, parallel: int = 2, waiting: int = 8, seconds: float = 120.0) -> None:
        self.parallel, self.waiting, self.seconds = parallel, waiting, seconds
        self._held = 0
        self._slots = asyncio.Semaphore(parallel)

    @property
    def busy(self) -> bool:
        """Whether a job still runs or waits."""
        return self._held > 0

    async def run(self, lang: str, job: Callable[[], T]) -> T:
        """The answer of `job`, computed in a thread that speaks `lang`. BusyError when the queue is full, StoreError when it takes too long."""
        with speaking(lang):
            busy = say("too many questions at once; wait for one to end", "同时进行的查询太多；请等前面的结束")
            ended = say("the console was ended", "控制台已被结束")
            late = say(
                f"stopped waiting after {self.seconds:g} s; ask for less",
                f"超过 {self.seconds:g} 秒，不再等待；请缩小范围",
            )
        if self._held >= self.parallel + self.waiting:
            raise BusyError(busy)
        self._held += 1
        try:
            await self._slots.acquire()
        except BaseException:
            self._held -= 1
            raise
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()

        def settle(value: T | None, error: BaseException | None) -> None:
            self._held -= 1
            self._slots.release()
            if done.cancelled():
                return
            if error is not None:
                done.set_exception(error)
            else:
                done.set_result(value)  # type: ignore[arg-type]

        def work() -> None:
            value: Any = None
            failed: BaseException | None = None
            try:
                with speaking(lang):
                    value = job()
            except KeyboardInterrupt:
                # The embedded engine takes Ctrl-C for its statement and for itself; it was meant for the console.
                failed = StoreError(ended)
                if not loop.is_closed():
                    loop.call_soon_threadsafe(signal.raise_signal, signal.SIGINT)
            except BaseException as error:  # noqa: BLE001 - handed on to whoever waits
                failed = error
            if not loop.is_closed():
                loop.call_soon_threadsafe(settle, value, failed)

        threading.Thread(target=work, name="aikg-serve", daemon=True).start()
        try:
            return await asyncio.wait_for(done, self.seconds)
        except TimeoutError as error:
            raise StoreError(late) from error
