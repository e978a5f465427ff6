"""A server that speaks S3, in the test process."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

REGION = "ap-south-1"
NAMES = (f"media-{number}" for number in itertools.count())
SETTINGS = {"media_region": REGION, "aws_access_key_id": "tests", "aws_secret_access_key": "tests"}


@cache
def server() -> str:
    """The address of the one server of this process."""
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    _, port = started.get_host_and_port()
    return f"http://127.0.0.1:{port}"


def client() -> Any:
    """A client of the server's that goes past the shop."""
    return boto3.client("s3", endpoint_url=server(), region_name=REGION, aws_access_key_id="tests",
                        aws_secret_access_key="tests")  # fmt: skip


def new_bucket() -> dict[str, Any]:
    """What a shop's configuration says of a new, empty bucket."""
    name = next(NAMES)
    client().create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    return SETTINGS | {"media_bucket": name, "media_endpoint": server()}
