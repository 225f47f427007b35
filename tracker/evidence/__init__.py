"""The bytes behind what was seen: WARC files that only grow. No models: the rows are the operations' business.

A look becomes a *capture*: a run of WARC records, each a gzip member of its own, so that a run is a WARC file too.
Many captures are appended to one *segment* with one fsync. A body is kept once, by the SHA-256 of its decoded bytes;
where it is met again a revisit record says so. Earlier versions kept each body in a file of its own, which is still
read.
"""

from tracker.evidence.bodies import name_of, read_body, read_bytes, read_file
from tracker.evidence.captures import BODY, CAPTURE, CERTIFICATE, About, Capture, Part, capture_of, names_in
from tracker.evidence.compacting import compact, holds, remove_file
from tracker.evidence.segments import Missing, Span, append, first_record, span_bytes

__all__ = [
    "BODY",
    "CAPTURE",
    "CERTIFICATE",
    "About",
    "Capture",
    "Missing",
    "Part",
    "Span",
    "append",
    "capture_of",
    "compact",
    "first_record",
    "holds",
    "name_of",
    "names_in",
    "read_body",
    "read_bytes",
    "read_file",
    "remove_file",
    "span_bytes",
]
