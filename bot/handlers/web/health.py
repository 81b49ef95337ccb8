"""`/healthz` for whoever watches the process, `/metrics` for Prometheus."""

from collections.abc import Awaitable, Callable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Checks = Callable[[], Awaitable[dict[str, bool]]]


def health_routes(checks: Checks, registry: CollectorRegistry) -> list[Route]:
    """Return the routes. `/healthz` is 200 when every check holds, else 503; each check is named in the answer."""

    async def healthz(_request: Request) -> Response:
        found = await checks()
        return JSONResponse(found, status_code=200 if all(found.values()) else 503)

    async def metrics(_request: Request) -> Response:
        return Response(generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [Route("/healthz", healthz, methods=["GET"]), Route("/metrics", metrics, methods=["GET"])]
