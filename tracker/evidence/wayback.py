"""Save Page Now 2: has the Wayback Machine keep a page as it is seen from outside.

It looks from addresses of its own and so never sees a national block page: our own capture is the evidence, and this
shows what others could see at the time. Source: Internet Archive, "Save Page Now 2 Public API Docs".
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from tracker.probing import Network
from tracker.probing.asking import NoAnswer, ask

BASE = "https://web.archive.org"
_JOB = re.compile(r"spn2-[0-9a-f]{40}")
_TIMESTAMP = re.compile(r"[0-9]{14}")


class Refused(Exception):
    """The service did not take the page, or could not save it. ``reason`` is its own word (``error:…``)."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(f"{reason}: {message}" if message else reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Saved:
    """A page that was kept. A snapshot can be looked up a while after it was taken."""

    job: str
    url: str
    timestamp: str
    base: str = BASE

    @property
    def snapshot_url(self) -> str:
        return f"{self.base}/web/{self.timestamp}/{self.url}"


@dataclass(frozen=True, slots=True)
class Wayback:
    """The service, and the key that it knows us by: ``access:secret``, from archive.org/account/s3.php."""

    network: Network
    key: str
    base: str = BASE

    async def begin(self, url: str) -> str:
        """Have a page saved; the id of the job. Raises Refused and NoAnswer.

        ``capture_all`` keeps pages that answer 4xx and 5xx, too: without it none with 451 is.
        """
        asked = {"url": url, "capture_all": "1", "skip_first_archive": "1"}
        told = await self._told("/save", urlencode(asked).encode("ascii"))
        job = told.get("job_id")
        # An error may come with 200, and then without an id.
        if not isinstance(job, str) or not _JOB.fullmatch(job):
            raise _refusal(told)
        return job

    async def outcome(self, job: str) -> Saved | None:
        """What became of a job; None while it goes on. Raises Refused and NoAnswer."""
        told = await self._told(f"/save/status/{job}")
        status, timestamp = told.get("status"), told.get("timestamp")
        if status == "pending":
            return None
        if status != "success" or not isinstance(timestamp, str) or not _TIMESTAMP.fullmatch(timestamp):
            raise _refusal(told)
        return Saved(job, str(told.get("original_url", "")), timestamp, self.base)

    async def capture(
        self,
        url: str,
        *,
        tries: int = 40,
        pause: float = 6.0,
        wait: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> Saved:
        """Have a page saved and wait for it, asking so often at most. Raises Refused and NoAnswer."""
        job = await self.begin(url)
        for _ in range(tries):
            await wait(pause)
            saved = await self.outcome(job)
            if saved is not None:
                return saved
        raise Refused("still pending", job)

    async def _told(self, path: str, content: bytes | None = None) -> dict[str, Any]:
        headers = [("Accept", "application/json"), ("Authorization", f"LOW {self.key}")]
        if content is not None:
            headers.append(("Content-Type", "application/x-www-form-urlencoded"))
        answer = await ask(self.base + path, network=self.network, headers=headers, content=content)
        if answer.status == 429:
            raise Refused("error:too-many-requests", "")
        try:
            told = json.loads(answer.body)
        except (ValueError, RecursionError) as error:
            raise NoAnswer(f"status {answer.status}, and what came is no JSON") from error
        if not isinstance(told, dict):
            raise NoAnswer(f"status {answer.status}, and what came is no object")
        return told


def _refusal(told: dict[str, Any]) -> Refused:
    words = str(told.get("message") or "")[:300]
    return Refused(str(told.get("status_ext") or told.get("status") or "no reason given")[:100], words)
