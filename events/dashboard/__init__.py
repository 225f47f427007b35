"""The public pages: what was blocked, and which of it still is. Rendered on the server, whole without scripts."""
