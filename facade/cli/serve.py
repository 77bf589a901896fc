"""``aikg serve``: the console in a browser."""

from __future__ import annotations

import os

import click

from aikg.cli import streams
from aikg.cli.bilingual import Settings, command, lang_of, option
from aikg.cli.messages import say
from aikg.cli.opened import Place, graph_options

__all__ = ["serve_command"]


@command("serve")
@option("--port", type=click.IntRange(0, 65535), default=8765, metavar="N")
@option("--host", default="127.0.0.1", metavar="TEXT")
@option("--no-browser", is_flag=True)
@option("--timeout", type=click.FloatRange(min=0.1), default=30.0, metavar="S")
@option("--limit", type=click.IntRange(min=1), default=100_000, metavar="N")
@graph_options
@click.pass_context
def serve_command(
    ctx: click.Context, /, port: int, host: str, no_browser: bool, timeout: float, limit: int, place: Place
) -> None:
    from aikg.serve.app import console
    from aikg.serve.run import listen, open_browser, run, url_of
    from aikg.serve.security import Keys
    from aikg.serve.work import Workers

    lang = lang_of()
    settings = ctx.find_root().obj
    listening = listen(host, port)  # before the graph is read: a port that is taken shows at once
    port = int(listening.getsockname()[1])
    keys = Keys(port)
    url = url_of(host, port, keys.token)
    workers = Workers()
    with listening, place.open() as kg:
        kg.store.schema()  # the graph is there and answers before anybody is asked to open a page
        if host not in ("127.0.0.1", "localhost", "::1"):
            streams.note(say("serve_open", lang, host=host))

        def ready() -> None:
            streams.write(say("serve_ready", lang, url=url) + "\n")
            if not no_browser:
                open_browser(url)

        app = console(
            kg,
            keys,
            host=host,
            lang=lang,
            timeout=timeout,
            row_limit=limit,
            workers=workers,
            debug=isinstance(settings, Settings) and settings.debug,
        )
        run(app, listening, ready)
        if workers.busy:
            # An engine cannot be told to drop a statement, and closing the store would wait for it. It only reads.
            streams.write(say("serve_ended", lang) + "\n")
            streams.flush()
            os._exit(0)
    streams.write(say("serve_ended", lang) + "\n")
