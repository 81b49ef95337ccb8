"""Serve an app on a local port inside this process, and let it go at once when the block ends."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

CUT = "sandbox.cut"  # the scope key under which a request finds how to drop its own connection
BACKLOG = 2048  # connections that wait to be taken
TURNS = 20  # of the event loop, given to connections that close, before they are torn down


@asynccontextmanager
async def serve(app: ASGIApp, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """Serve `app` and yield its address as `http://host:port`; port 0 takes a free one.

    Lifespan events and signals are left to the caller. Requests still open at the end are cancelled at once.
    """
    with _listener(host, port) as listener:
        bound = listener.getsockname()[1]
        server = _server(app)
        await server.startup(sockets=[listener])
        try:
            yield f"http://{host}:{bound}"
        finally:
            await _stop(server)


def _listener(host: str, port: int) -> socket.socket:
    # With the protocol named, asyncio turns Nagle's algorithm off; without, each answer would take 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


async def cut(scope: Scope) -> None:
    """Drop the connection under this request after what was sent so far; the app then returns silently."""
    await scope[CUT]()


def _server(app: ASGIApp) -> uvicorn.Server:
    holder: list[uvicorn.Server] = []

    async def outer(scope: Scope, receive: Receive, send: Send) -> None:
        scope[CUT] = _dropper(holder[0], scope)
        try:
            await app(scope, receive, send)
        except asyncio.CancelledError:
            if not holder[0].should_exit:
                raise

    config = uvicorn.Config(
        outer,
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        interface="asgi3",
        ws="websockets-sansio",
        timeout_keep_alive=75,
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    holder.append(server)
    return server


def _dropper(server: uvicorn.Server, scope: Scope) -> Callable[[], Awaitable[None]]:
    async def drop() -> None:
        for connection in tuple(server.server_state.connections):
            if connection.transport.get_extra_info("peername") == scope["client"]:
                connection.transport.close()
                await _let_go(server, {connection})

    return drop


async def _let_go(server: uvicorn.Server, closing: Collection[object]) -> None:
    # Until a connection's protocol has noticed its end, uvicorn would log our silence as an error.
    for _ in range(TURNS):
        if not server.server_state.connections.isdisjoint(closing):
            await asyncio.sleep(0)


async def _stop(server: uvicorn.Server) -> None:
    server.should_exit = True
    for listening in server.servers:
        listening.close()
    for _ in range(TURNS):  # a connection that was taken just now becomes known, so that it is closed with the others
        await asyncio.sleep(0)
    state = server.server_state
    for connection in tuple(state.connections):
        connection.shutdown()
        connection.transport.close()
    await _let_go(server, state.connections)
    for connection in tuple(state.connections):
        connection.transport.abort()
    await asyncio.sleep(0)
    tasks = tuple(state.tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
