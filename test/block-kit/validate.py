"""Reads one payload per line (JSON), writes what Slack's own Python SDK says against each as one JSON list per line.

A payload is {"surface": "message" | "modal" | "home", "blocks": [...], "view": {...}}. Two things are said: what the
SDK's models refuse (lengths, counts, missing fields), and what they do not know: a field that does not survive being
read and written again, or a type without a model.
"""

import json
import sys

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View


def differences(before, after, where):
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before:
            if key not in after:
                yield f"{where}/{key} is not known to the SDK"
            else:
                yield from differences(before[key], after[key], f"{where}/{key}")
    elif isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            yield f"{where} has {len(before)} items, the SDK keeps {len(after)}"
        for index, (one, other) in enumerate(zip(before, after)):
            yield from differences(one, other, f"{where}/{index}")
    elif before != after:
        yield f"{where} is {json.dumps(before)}, the SDK makes it {json.dumps(after)}"


def check_model(parse, raw, where):
    try:
        model = parse(raw)
        if model is None:
            yield f"{where} has a type without a model: {raw.get('type')}"
            return
        model.validate_json()
        yield from differences(raw, model.to_dict(), where)
    except (SlackObjectFormationError, TypeError, ValueError, KeyError, AttributeError) as error:
        yield f"{where}: {type(error).__name__}: {error}"


def check(payload):
    if payload["surface"] == "message":
        for index, block in enumerate(payload["blocks"]):
            yield from check_model(Block.parse, block, f"/blocks/{index}")
    else:
        view = payload["view"]
        yield from check_model(lambda raw: View(**raw), view, "/view")
        for index, block in enumerate(view.get("blocks", [])):
            yield from check_model(Block.parse, block, f"/view/blocks/{index}")


for line in sys.stdin:
    print(json.dumps(list(check(json.loads(line)))), flush=True)
