"""The one entry of the server: `/live/…` goes to the hub of streams, everything else to Django's pages in threads.

Run it with `uvicorn canvasapp.asgi:application --timeout-graceful-shutdown 5`; `docs/live.md` says why it has two
halves.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
from types import FrameType
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "canvasapp.settings")
pages_of_django = get_wsgi_application()

# Only now that Django is set up may the product be imported.
from canvasapp.logging import named  # noqa: E402
from canvasapp.pages import Pages  # noqa: E402
from partners.live.entrance import Streams  # noqa: E402
from partners.live.hub import Hub  # noqa: E402

if TYPE_CHECKING:
    from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, Scope

SWITCH_S = 0.000_5
"""How long a page may compute before the loop and the hub get their turn; Python's own 5 ms, waited for at each step
from a commit to a reader, would be most of the way."""

GARBAGE = (20_000, 10, 10)
"""How much is made before a look for garbage, instead of Python's 700: with hundreds of streams one edit in eight met
a look at all that was made lately, of two milliseconds."""


class Entry:
    """Pages and streams of one process. The lifespan starts the hub and ends it; a signal ends the streams first."""

    def __init__(self, hub: Hub | None = None) -> None:
        self.hub = hub or Hub()
        self._streams = Streams(self.hub)
        self.pages = Pages(pages_of_django)

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        if scope["type"] == "lifespan":
            await self._live_and_die(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000, "reason": None})
        elif scope["path"].startswith("/live/"):
            await named(self._streams, scope, receive, send)
        else:
            await named(self.pages, scope, receive, send)

    async def _live_and_die(self, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        await receive()
        sys.setswitchinterval(SWITCH_S)
        # What has been loaded stays: looking through all of it for garbage again and again would stop everything.
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        await self.hub.start()
        self._end_streams_on_signal()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.hub.stop()
        await asyncio.to_thread(self.pages.close)
        await send({"type": "lifespan.shutdown.complete"})

    def _end_streams_on_signal(self) -> None:
        """Let go of all viewers as soon as the process is told to stop.

        The server waits for open answers before it says *shutdown*, and a stream is an answer that never ends by
        itself.
        """
        if threading.current_thread() is not threading.main_thread():
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            of_the_server = signal.getsignal(number)

            def stop(number: int, frame: FrameType | None, then: object = of_the_server) -> None:
                loop.call_soon_threadsafe(self.hub.end_streams)
                if callable(then):
                    then(number, frame)

            signal.signal(number, stop)


application = Entry()
