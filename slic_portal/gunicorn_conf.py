"""How the web server runs: `gunicorn -c python:slic_portal.gunicorn_conf slic_portal.wsgi`."""

import os
from pathlib import Path

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
# Browsers open connections that they may never use; each would hold a worker without threads.
worker_class = "gthread"
threads = 4
preload_app = True  # the code is loaded once and shared by the workers
timeout = 30
graceful_timeout = 30
keepalive = 5
max_requests = 1000  # a worker that leaks is replaced before it matters
max_requests_jitter = 100
# Heartbeats are files: in memory, a busy disk cannot stop a worker for no reason.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - names are random
control_socket_disable = True  # it would lie in somebody's home, shared by all portals there
