"""What the fuzzer cannot guess: a reservation that exists, its token and its version.

Schemathesis makes calls up from openapi.json. Left alone it would hear 404 for ever, because no guess meets
an id and its token. So most calls are given ones that do, in every state a reservation can have; every
fourth stays as it was made up. What was made wrong on purpose is never put right.
"""

import atexit
import itertools
import json
import os
from collections import Counter, defaultdict
from datetime import date, timedelta

import requests
import schemathesis
from schemathesis.core.parameters import ParameterLocation

VENUE = "interno"
GUEST = {
    "givenName": "Lucía",
    "familyName": "Pérez",
    "email": "lucia@example.com",
    "phone": "+57 300 555 0101",
    "locale": "es",
}
ANSWERS = [{"fields": {"passport": "AB123456", "chair": "high"}}] * 2
CONSENTS = {"privacy": True, "health": True, "houseRules": ["photos"]}


class House:
    """The server's own answers, kept to be used in later calls."""

    def __init__(self):
        self.session = requests.Session()
        self.base = None
        self.slots = None
        self.tokens = {}
        self.versions = {}
        self.keys = itertools.count()
        self.turns = {}

    def turn(self, what):
        """Counts instead of chance, so that a run can be repeated."""
        return next(self.turns.setdefault(what, itertools.count()))

    def ask(self, method, path, **more):
        answer = self.session.request(method, self.base + path, timeout=10, **more)
        answer.raise_for_status()
        return answer.json()

    def headers(self, thing, version=None):
        headers = {"Authorization": f"Bearer {self.tokens[thing]}", "Idempotency-Key": self.key()}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return headers

    def key(self):
        return f"a-key-of-the-fuzzer-{next(self.keys):08}"

    def slot(self):
        """Every seating that can be booked, one after the other."""
        if self.slots is None:
            self.slots = [
                slot["id"]
                for ahead in range(3, 60)
                for slot in self.ask(
                    "GET",
                    f"/venues/{VENUE}/availability",
                    params={"date": str(date.today() + timedelta(days=ahead)), "partySize": 2},
                )["slots"]
            ]
        return self.slots[self.turn("slot") % len(self.slots)]

    def hold(self):
        for _ in range(50):
            wish = {"slotId": self.slot(), "partySize": 2, "locale": "es"}
            answer = self.session.post(
                f"{self.base}/venues/{VENUE}/reservations",
                json=wish,
                headers={"Idempotency-Key": self.key()},
                timeout=10,
            )
            # Some seatings are meant to be full.
            if answer.status_code == 201:
                return self.learn(answer.json())
        raise RuntimeError(f"no seating is free: {answer.text}")

    def learn(self, thing):
        self.tokens[thing["id"]] = thing["manageToken"]
        self.versions[thing["id"]] = thing.get("version")
        return thing["id"]

    def confirmed(self):
        thing = self.hold()
        body = {"guest": GUEST, "guests": ANSWERS, "consents": CONSENTS}
        told = self.ask("POST", f"/reservations/{thing}/confirm", json=body, headers=self.headers(thing, 1))
        self.versions[thing] = told["version"]
        return thing

    def over(self):
        thing = self.confirmed() if self.turn("over") % 2 else self.hold()
        told = self.ask("POST", f"/reservations/{thing}/cancel", headers=self.headers(thing))
        self.versions[thing] = told["version"]
        return thing

    def waiting(self):
        wish = {"date": str(date.today() + timedelta(days=5)), "partySize": 2, "guest": GUEST, "consents": CONSENTS}
        wish["consents"] = {"privacy": True, "houseRules": []}
        path = f"/venues/{VENUE}/waitlist-entries"
        return self.learn(self.ask("POST", path, json=wish, headers={"Idempotency-Key": self.key()}))

    def reservation(self, call):
        """One this call can be made about, most of the time."""
        best = self.confirmed if call in ("modify", "erase") else self.hold
        return (best, best, self.confirmed, best, self.over)[self.turn(call) % 5]()


house = House()


def made_wrong(case, location):
    return case.meta is not None and case.meta.is_negative_at(location)


def in_a_story(case):
    """Whether the call follows others about the same thing."""
    return case.meta is not None and case.meta.phase.name.value == "stateful"


@schemathesis.hook
def before_call(context, case, kwargs):
    house.base = case.operation.base_url.rstrip("/")
    call = operation(case)
    in_path = case.path_parameters or {}
    as_made_up = house.turn(("as made up", call)) % 4 == 3
    if not as_made_up and not made_wrong(case, ParameterLocation.PATH):
        if "venueId" in in_path:
            case.path_parameters["venueId"] = VENUE
        elif "id" in in_path and not (in_path["id"] in house.tokens and in_a_story(case)):
            find = house.waiting if "/waitlist-entries/" in case.path else lambda: house.reservation(call)
            case.path_parameters["id"] = find()
    authorize(case)
    if not as_made_up:
        fill(case, call)


def authorize(case):
    """Shows the token and the version that belong to the id."""
    thing = (case.path_parameters or {}).get("id")
    if thing not in house.tokens or case.headers is None or made_wrong(case, ParameterLocation.HEADER):
        return
    case.headers["Authorization"] = f"Bearer {house.tokens[thing]}"
    if "If-Match" in case.headers and house.versions.get(thing):
        case.headers["If-Match"] = f'"{house.versions[thing]}"'


def fill(case, call):
    """A key of its own, and the seatings, days and guests that the server knows."""
    if "Idempotency-Key" in (case.headers or ()) and not made_wrong(case, ParameterLocation.HEADER):
        case.headers["Idempotency-Key"] = house.key()
    if call in ("readAvailability", "readCalendar") and not made_wrong(case, ParameterLocation.QUERY):
        first = date.today() + timedelta(days=house.turn("day") % 100)
        days = {"date": first, "from": first, "to": first + timedelta(days=house.turn("span") % 70)}
        case.query.update({name: str(day) for name, day in days.items() if name in case.query})
        case.query["partySize"] = house.turn("party") % 10
    if not isinstance(case.body, dict) or made_wrong(case, ParameterLocation.BODY):
        return
    body = case.body
    if "slotId" in body:
        body["slotId"] = house.slot()
    if "partySize" in body:
        body["partySize"] = 1 + house.turn("people") % 9
    if call == "hold" and house.turn("locale") % 4:
        body["locale"] = "es"
    if call in ("confirm", "wait") and house.turn("guest") % 3:
        body.update(guest=GUEST, consents={**CONSENTS, "houseRules": CONSENTS["houseRules"] if call == "confirm" else []})
    if call == "confirm" and house.turn("answers") % 3:
        body["guests"] = ANSWERS
    if call == "modify" and house.turn("answers") % 3:
        body["guests"] = ANSWERS[:1] * (body.get("partySize") or 2)
        body["consents"] = {"health": True}
    if call == "wait":
        body["date"] = str(date.today() + timedelta(days=house.turn("day") % 100))
    for needs in (*(body.get("dishes") or ()), *(body.get("dietary") or ())):
        needs["guest"] = needs.get("guest", 0) % 2
    for name in ("dishes", "dietary"):
        if body.get(name):
            body[name] = body[name][:2]


def operation(case):
    return case.operation.definition.raw["operationId"]


@schemathesis.hook
def after_call(context, case, response):
    thing = told(response)
    if "manageToken" in thing:
        house.learn(thing)
    elif thing.get("id") in house.tokens and "version" in thing:
        house.versions[thing["id"]] = thing["version"]


counted = Counter()
answers = defaultdict(Counter)


@schemathesis.check
def counts(ctx, response, case):
    """Not a check: it sees every answer that is checked, and by how many checks."""
    counted["checks"] += len(ctx.internals.checks) - 1
    if response.request.method == case.operation.method.upper():
        answers[operation(case)][response.status_code] += 1


@atexit.register
def tell():
    """For whoever wants to know whether the game went deep."""
    with open(os.environ["INTERNO_FUZZ_FIGURES"], "w", encoding="utf-8") as file:
        json.dump({**counted, "answers": answers}, file)


def told(response):
    try:
        thing = response.json()
    except ValueError:
        return {}
    return thing if isinstance(thing, dict) else {}


@schemathesis.check
def only_its_token_opens_it(ctx, response, case):
    """A call without the token, or with that of another, hears what an unknown id hears."""
    thing = (case.path_parameters or {}).get("id")
    if response.status_code >= 300 or thing not in house.tokens or response.request.method == "OPTIONS":
        return
    others = [token for other, token in house.tokens.items() if other != thing]
    for token in [None, "A" * 43, *others[-1:]]:
        request = response.request.copy()
        request.headers.pop("Authorization", None)
        if token:
            request.headers["Authorization"] = f"Bearer {token}"
        answer = house.session.send(request, timeout=10)
        assert answer.status_code == 404, f"{answer.status_code} without its own token: {answer.text}"
        assert told(answer)["type"] == "/problems/reservation-not-found", answer.text
