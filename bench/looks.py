"""A whole look (claimed, made, judged, stored) as a share of a bare aiohttp loop that only fetches the same pages.

Pages stand on TLS servers beside us, with a certificate of our own authority that both sides verify; every page is a
new connection without resumption. Hosts are addresses, so neither side asks a resolver. Both have the same concurrency.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import ssl
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

import aiohttp
import structlog
from django.conf import settings
from django.utils import timezone

from bench.newspaper import article
from tests.probing.conftest import key_pem, make_certificate, pem
from tests.probing.servers import ConnectProxy
from tests.probing.servers import serving as connecting
from tracker import networks, operations, vantage
from tracker.facts import Role
from tracker.models import Host, Measurement, Target, VantagePoint, Watch
from tracker.probing import EgressPolicy

PAGES = 2000
HOSTS = 20
ROUNDS = 5
LOOKS = 1000
AT_ONCE = 200
FINGERPRINTS = 2000

SILENT_SHARE = 0.2
SILENT_SECONDS = 5
SILENT_TERRITORIES = ("FR", "IT")
"""Each has all the pages, and as many silent targets as make up the share."""


@dataclass(frozen=True)
class Site:
    """The pages, and the port of the server that never speaks."""

    urls: list[str]
    silent_port: int
    ca_file: str

    def silent_url(self, number: int) -> str:
        return f"https://127.0.0.2:{self.silent_port}/news/{number}"


def lines() -> Iterator[str]:
    quiet()
    with serving() as site, proxying() as proxy:
        _load_fingerprints()
        operations.ensure_vantage(
            name="control",
            country="CH",
            role=Role.CONTROL,
            via=proxy,
            canary_url=f"{site.urls[0].partition('/news')[0]}/canary",
        )
        watch_all(site.urls[:LOOKS])
        yield _beside_a_bare_loop(site)
        yield _with_silent_targets(site)


def _beside_a_bare_loop(site: Site) -> str:
    settings.LOOKS_AT_ONCE = AT_ONCE
    bare, whole = [], []
    for _ in range(ROUNDS):
        bare.append(_timed(lambda: asyncio.run(_fetch_all(site))))
        whole.append(_timed(lambda: look_at(LOOKS)))
    ratio = statistics.median(b[0] / w[0] for b, w in zip(bare, whole, strict=True))
    ratio_of_cpu = statistics.median(b[1] / w[1] for b, w in zip(bare, whole, strict=True))
    per_bare, per_whole = (LOOKS / statistics.median(t[0] for t in times) for times in (bare, whole))
    return (
        f"looks: {per_whole:.0f}/s claimed, made, judged with {FINGERPRINTS} fingerprints and stored; "
        f"{per_bare:.0f}/s bare; ratio {ratio:.2f}, of CPU {ratio_of_cpu:.2f} "
        "(yardstick: an aiohttp loop that fetches the same pages and keeps nothing)"
    )


def _with_silent_targets(site: Site) -> str:
    """Silent targets are spread evenly among the others. Without a control, which would take as long once more."""
    VantagePoint.objects.filter(name="control").update(is_active=False)
    settings.LOOKS_AT_ONCE, settings.LOOK_SECONDS = AT_ONCE, SILENT_SECONDS
    Watch.objects.update(is_active=False)
    every = round(1 / SILENT_SHARE)
    looks = 0
    for territory in SILENT_TERRITORIES:
        pages = iter(site.urls)
        number = len(site.urls) * every // (every - 1)
        urls = [site.silent_url(n) if n % every == 0 else next(pages) for n in range(number)]
        watch_all(urls, territory=territory)
        looks += number
    seconds, _ = _timed(lambda: look_at(looks))
    allowed = AT_ONCE / (SILENT_SHARE * SILENT_SECONDS)
    return (
        f"looks with {SILENT_SHARE:.0%} silent targets: {looks / seconds:.0f}/s at {AT_ONCE} at once; "
        f"ratio {looks / seconds / allowed:.2f} (yardstick: the {allowed:.0f}/s that so many slots allow "
        f"when each silent target holds one for {SILENT_SECONDS} s)"
    )


def _load_fingerprints() -> None:
    rows = "\n".join(
        f"bench.{number},isp,body,contains,the page {number} was closed by order {number}"
        for number in range(FINGERPRINTS)
    )
    content = f"name,scope,location_found,pattern_type,pattern\n{rows}\n".encode()
    done = operations.import_fingerprints(file="bench.csv", content=content, by="bench", now=timezone.now())
    assert (done.kept, done.active) == (FINGERPRINTS, True), done


async def _fetch_all(site: Site) -> None:
    context = ssl.create_default_context(cafile=site.ca_file)
    connector = aiohttp.TCPConnector(ssl=context, force_close=True, limit=AT_ONCE)
    waiting = iter(site.urls[:LOOKS])

    async def reader(session: aiohttp.ClientSession) -> None:
        for url in waiting:
            async with session.get(url) as answer:
                assert answer.status == 200
                assert len(await answer.read()) > 20_000

    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(reader(session) for _ in range(AT_ONCE)))


def look_at(number: int) -> None:
    """Make so many looks, all due by now. No host is made to wait for its turn."""
    now = timezone.now()
    Watch.objects.filter(is_active=True).update(next_probe_at=now, turn_at=None)
    Host.objects.update(next_turn_at=now - timedelta(days=1))
    looks = Measurement.objects.filter(role=Role.EXPERIMENT.value)
    before = looks.count()
    made = 0
    while made < number:
        made += vantage.probe_due(clock=timezone.now, dice=lambda: 0.0)
    assert looks.count() - before == number


def watch_all(urls: list[str], *, territory: str = "DE") -> None:
    """Rows beyond the operations, which take no addresses of this machine. Each page is its own host for politeness."""
    operations.ensure_vantage(
        name=f"beside-{territory.lower()}",
        country=territory,
        role=Role.EXPERIMENT,
        canary_url=urls[-1].partition("/news")[0] + "/canary",
    )
    now: datetime = timezone.now()
    Target.objects.bulk_create(
        (Target(url=url, platform="web", host=f"{_digest(url)}.bench", created_at=now) for url in urls),
        ignore_conflicts=True,
    )
    targets = {target.url: target for target in Target.objects.all()}
    Watch.objects.bulk_create(
        Watch(target=targets[url], territory=territory, created_at=now, next_probe_at=now) for url in urls
    )


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def quiet() -> None:
    logging.getLogger().setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds, and seconds of this process's CPU."""
    began, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - cpu


@contextmanager
def serving() -> Iterator[Site]:
    """The server in a process of its own; our egress guard lets through just these origins, in this process only."""
    folder = Path(settings.DATA_DIR) / "newspaper"
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_ports()
    hosts = [f"127.0.0.{number}" for number in range(2, 2 + HOSTS)]
    urls = [f"https://{hosts[number % HOSTS]}:{port}/news/{number}" for number in range(PAGES)]
    for number, url in enumerate(urls):
        (folder / f"{number}.html").write_bytes(article(url, number))
    root = make_certificate("Bench root", (), None, days=(-2, 60))
    leaf = make_certificate("news", tuple(hosts), root, days=(-1, 30))
    (folder / "server.pem").write_bytes(pem(leaf.certificate) + key_pem(leaf.key))
    (folder / "roots.pem").write_bytes(pem(root.certificate))
    server = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("server.py")), str(folder), str(port)],
        stdout=subprocess.PIPE,
    )
    origins = frozenset(("https", host, each) for host in hosts for each in (port, port + 1))
    os.environ["SSL_CERT_FILE"] = str(folder / "roots.pem")
    networks.network_of.cache_clear()
    try:
        assert server.stdout is not None
        server.stdout.readline()
        with mock.patch.object(networks, "egress_policy", return_value=EgressPolicy(allowed_origins=origins)):
            yield Site(urls, port + 1, str(folder / "roots.pem"))
    finally:
        server.terminate()
        server.wait()


@contextmanager
def proxying() -> Iterator[str]:
    """A proxy on a thread, so that the control is another place; pages that name themselves do not need it."""
    loop = asyncio.new_event_loop()
    ends = asyncio.Event()
    opened: Future[int] = Future()

    async def serve() -> None:
        async with connecting(ConnectProxy()) as port:
            opened.set_result(port)
            await ends.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{opened.result(10)}"
    finally:
        loop.call_soon_threadsafe(ends.set)
        thread.join()
        loop.close()


def _free_ports() -> int:
    """A port with a free one after it."""
    import socket

    for port in range(18100, 18900, 10):
        try:
            for one in (port, port + 1):
                with socket.socket() as listener:
                    listener.bind(("127.0.0.2", one))
        except OSError:
            continue
        return port
    raise SystemExit("No free port between 18100 and 18900.")
