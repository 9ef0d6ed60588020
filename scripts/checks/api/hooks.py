"""Asks each operation for what is there (world.ts made it), and notes what every question met (scripts/checks/api.ts reads it)."""

import json
import os
import uuid

import requests
import schemathesis
from schemathesis.core.parameters import ParameterLocation

with open(os.environ["API_WORLD"], encoding="utf-8") as file:
    WORLD = json.load(file)
MET = open(os.environ["API_MET"], "a", encoding="utf-8", buffering=1)
# Who made the world makes more of it, whoever asks.
MAKER = {"Authorization": "Bearer " + os.environ["API_MAKER"], "X-Tenantry-Org": os.environ["API_ORG"]}
APP = os.environ["API_URL"]
asked = {}


def answered(made, field):
    """The field of an answer, by its path: "endpoint.id", "invitations.0.id"."""
    for name in field.split("."):
        made = made[int(name)] if isinstance(made, list) else made[name]
    return made


def ids_of(label, aim):
    """Ids for the operation's path: of what stays, in turn, or of one made for this question alone."""
    if "known" in aim:
        turn = asked[label] = asked.get(label, -1) + 1
        return aim["known"][turn % len(aim["known"])]
    ids = {}
    for method, path, *body in aim["made"]:
        text = json.dumps(body[0]).replace("{new}", uuid.uuid4().hex[:12]) if body else None
        response = requests.request(
            method,
            APP + path.format(**ids),
            data=text,
            headers={**MAKER, **({"Content-Type": "application/json"} if text else {})},
            timeout=30,
        )
        # As many as there may be, by what was asked before: this question is about what is not there, as the document's ids are.
        if response.status_code in (402, 409):
            return {}
        if not response.ok:
            raise RuntimeError(f"{method} {path} made nothing: {response.status_code} {response.text}")
        if not ids:
            ids = {name: answered(response.json(), field) for name, field in aim["as"].items()}
    return ids


def said(value):
    """The same with what can be there once said anew, wherever the document's example says it."""
    if isinstance(value, dict):
        return {name: said(one) for name, one in value.items()}
    if isinstance(value, list):
        return [said(one) for one in value]
    if isinstance(value, str) and value in WORLD["instead"]:
        return WORLD["instead"][value].replace("{new}", uuid.uuid4().hex[:12])
    return value


CONDITIONS = ("If-Match", "If-None-Match", "Idempotency-Key")
asked_plainly = set()


def ask_plainly(case):
    """The first valid question of each operation is the one that the document's example asks, without conditions."""
    label = case.operation.label
    if label in asked_plainly or not case.meta or not case.meta.generation.mode.is_positive:
        return
    asked_plainly.add(label)
    for name in CONDITIONS:
        case.headers.pop(name, None)
    case.query = {}
    content = case.operation.definition.raw.get("requestBody", {}).get("content", {})
    example = content.get("application/json", {}).get("example")
    if example is not None:
        case.body, case.media_type = example, "application/json"


def means(case, location):
    """Whether this part of the request is one that the document allows."""
    component = case.meta.components.get(location) if case.meta else None
    return component is None or component.mode.is_positive


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.method.upper() != case.operation.method.upper():
        return
    ask_plainly(case)
    aim = WORLD["aims"].get(case.operation.label)
    # Ids that the document does not allow stay as they are: that they are refused is what is asked.
    if aim and means(case, ParameterLocation.PATH):
        case.path_parameters = {**case.path_parameters, **ids_of(case.operation.label, aim)}
    if isinstance(case.body, dict) and means(case, ParameterLocation.BODY):
        case.body = said(case.body)


@schemathesis.hook
def after_call(context, case, response):
    if case.method.upper() == case.operation.method.upper():
        MET.write(json.dumps({"operation": case.operation.label, "status": response.status_code}) + "\n")
