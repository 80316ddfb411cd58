"""How long, how much work, how many statements and bytes: one row a page or interaction."""

import gzip
import http.client
import re
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import psutil

ROUNDS = 40
WARM_UP = 6
CLIENTS = 8
LOAD_SECONDS = 4


@dataclass
class Figure:
    """One measured page: milliseconds but for `statements`, `bytes` (as sent) and `load` (requests a second)."""

    name: str
    median: float
    p95: float
    web_cpu: float
    database_cpu: float
    statements: int
    bytes: int
    target: float | None = None
    load: float | None = None
    load_p95: float | None = None

    @property
    def cpu(self) -> float:
        return self.web_cpu + self.database_cpu


class Browser:
    """A signed-in client that keeps its connection, as browsers do. `path` is below the workspace."""

    def __init__(self, port: int, prefix: str = "", cookies: dict[str, str] | None = None):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.prefix, self.cookies = prefix, cookies or {}

    def get(self, path: str, **headers: str) -> tuple[int, bytes]:
        return self._send("GET", path, None, headers)

    def post(self, path: str, data: dict, **headers: str) -> tuple[int, bytes]:
        token = self.cookies["csrftoken"]
        return self._send("POST", path, urlencode(data | {"csrfmiddlewaretoken": token}, doseq=True), headers)

    def _send(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, bytes]:
        headers = headers | {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "Accept-Encoding": "gzip",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection.request(method, self.prefix + path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status >= 400:
            text = gzip.decompress(content) if answer.headers.get("Content-Encoding") == "gzip" else content
            raise RuntimeError(f"{method} {path}: {answer.status}\n{text[:2000].decode(errors='replace')}")
        return answer.status, content


class Processes:
    """CPU seconds of all processes below one, the ended ones not counted."""

    def __init__(self, pid: int):
        self.pid = pid

    def cpu(self) -> float:
        top = psutil.Process(self.pid)
        times = [p.cpu_times() for p in [top, *top.children(recursive=True)]]
        return sum(t.user + t.system for t in times)

    def memory(self) -> int:
        """Bytes held by these processes alone (USS), without the launcher."""
        return sum(p.memory_full_info().uss for p in psutil.Process(self.pid).children(recursive=True))


def figure(
    name: str,
    step: Callable[[int], bytes],
    web: Processes,
    database: Processes | None,
    statements: int = 0,
    target: float | None = None,
) -> Figure:
    """Run a step some times in a row; `step(n)` does it once and returns what came over the wire."""
    for n in range(WARM_UP):
        step(n)
    times, sizes = [], []
    web_before, database_before = web.cpu(), database.cpu() if database else 0.0
    for n in range(ROUNDS):
        start = time.perf_counter()
        sizes.append(len(step(WARM_UP + n)))
        times.append((time.perf_counter() - start) * 1000)
    web_cpu = (web.cpu() - web_before) * 1000 / ROUNDS
    database_cpu = ((database.cpu() if database else 0.0) - database_before) * 1000 / ROUNDS
    p95 = statistics.quantiles(times, n=20)[-1]
    return Figure(
        name, statistics.median(times), p95, web_cpu, database_cpu, statements, round(statistics.median(sizes)), target
    )


def load(make_step: Callable[[], Callable[[], object]]) -> tuple[float, float]:
    """`CLIENTS` clients for `LOAD_SECONDS`: requests a second, and the p95 of one in milliseconds."""
    times: list[float] = []
    asked = [make_step() for _ in range(CLIENTS)]
    end = time.perf_counter() + LOAD_SECONDS

    def client(step: Callable[[], object]) -> None:
        while (start := time.perf_counter()) < end:
            step()
            times.append((time.perf_counter() - start) * 1000)

    threads = [threading.Thread(target=client, args=[step]) for step in asked]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / (time.perf_counter() - begin), statistics.quantiles(times, n=20)[-1]


def cold_weight(browser: Browser, path: str) -> int:
    """Bytes of a first visit: the page, its stylesheets and scripts, and what those name, all as sent."""
    _status, content = browser.get(path)
    html = gzip.decompress(content).decode() if content[:2] == b"\x1f\x8b" else content.decode()
    found = re.findall(r'(?:src|href)="(/static/[^"]+\.(?:css|js|svg|woff2|ico))"', html)
    plain = Browser(browser.connection.port)
    return len(content) + sum(len(plain.get(asset)[1]) for asset in dict.fromkeys(found))
