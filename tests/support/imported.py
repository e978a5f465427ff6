"""What every process of the shop imports; the process that the tests' shops are forked from has it all.

None of it knows a configuration: each process reads its own and calls `create_app` itself.
"""

import gc

import flask.cli
import gunicorn.app.wsgiapp
import gunicorn.workers.gthread
import rq.cron

import shop

__all__ = ["flask", "gunicorn", "rq", "shop"]

# Forked processes then share these pages, and none of them looks through all of it again.
gc.freeze()
