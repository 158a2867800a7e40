"""Checks a sealed round's bundle, written from docs/sealed-ballots.md alone.

    python round_bundle.py BUNDLE

Prints JSON: each item with "holds" or "fails" and its faults. Ends with 0 when all hold, 1 when not, 2 without a bundle.
Rules other than plain greedy are not counted here; acts, workflow and forms of records are left to the first verifier.
Needs the package `cryptography`.
"""

import base64
import hashlib
import json
import sys
from datetime import datetime, timedelta, timezone

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.exceptions import InvalidSignature

import sealed_ballots as sb
from blocks import UNREADABLE, Message, NoBundle, read_chain, round_of

NUMBERS = {"Comune": 1, "Case": 2, "Garanti": 3}
SERVICES = {"Comune": "relay", "Case": "copyKeeper", "Garanti": "opener"}
LEAST_OPENED, LEAST_SHEETS, STEP = 10, 10, 20
MOST_PROLONGED_DAYS = 30
OF_EVERY_ROUND = {"municipality", "day", "passkey", "official", "office", "signing_key"}
NEVER_DELETED = {
    "round", "sealing", "issuer_key", "issuance", "sealed_ballot", "sealed_envelope", "station", "voucher", "sheets"
}
VALID = 0


class Findings:
    def __init__(self):
        self.items = {}

    def say(self, item, holds, text):
        faults = self.items.setdefault(item, [])
        if not holds and len(faults) < 20:
            faults.append(text)
        return holds

    def answer(self):
        return {item: {"status": "fails" if faults else "holds", "faults": faults} for item, faults in self.items.items()}


def canonical(value):
    """Canonical JSON: members sorted, no spaces; numbers are whole; members without a value are left out."""
    if isinstance(value, dict):
        members = sorted((k.encode("utf-16-be"), k, v) for k, v in value.items() if v is not None)
        return "{" + ",".join(f"{json.dumps(k, ensure_ascii=False)}:{canonical(v)}" for _, k, v in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def read_record(text):
    """A record of the ledger: a JSON object whose numbers are whole and exact."""

    def whole(digits):
        number = int(float(digits)) if set(digits) & set(".eE") else int(digits)
        if abs(number) >= 2**53 or number != float(digits):
            raise ValueError("a number that is not whole, or too large")
        return number

    def refused(name):
        raise ValueError(name)

    record = json.loads(text.decode(), parse_int=whole, parse_float=whole, parse_constant=refused)
    if not isinstance(record, dict):
        raise ValueError("no record")
    return record


def text_digest(value):
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def picked(record, names):
    return {name: record.get(name) for name in names.split()}


FROZEN = (
    "municipality id call ballotKind ballot rule projects budgetCents rollSize rollRoot textsDigest opensOn closesAt "
    "requiredAttestations objectionDays reconstruction votingDays leastAge ties exclusion sealing"
)
SEALING = (
    "municipality id call areas leastPlaces groupSize graceMinutes publishDays noticeHours bundle announcedBy announcedOn "
    "ties services trustees keysDigest"
)


def unconfirmed(record):
    return {name: value for name, value in record.items() if name not in ("state", "confirmedBy")}


def are_two(one, other):
    return one["organisation"] != other["organisation"] and one["person"] != other["person"]


def join_areas(districts, least):
    joined = sorted(([one["size"], [one["id"]]] for one in districts), key=lambda a: (a[0], a[1][0]))
    while len(joined) > 1 and joined[0][0] < least:
        (one, ids), (other, more), *rest = joined
        joined = sorted([*rest, [one + other, sorted(ids + more)]], key=lambda a: (a[0], a[1][0]))
    return sorted(joined, key=lambda a: a[1][0])


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def legal_day(moment):
    """The day on Italian clocks."""

    def last_sunday(month):
        last = datetime(moment.year, month, 31, 1, tzinfo=timezone.utc)
        return last - timedelta(days=(last.weekday() + 1) % 7)

    summer = last_sunday(3) <= moment < last_sunday(10)
    return (moment + timedelta(hours=2 if summer else 1)).date().isoformat()


class RoundCheck:
    def __init__(self, findings, municipality, round_id):
        # Of other municipalities a bundle has what stands in the same blocks, and not all of it.
        self.say, self.home, self.id = findings.say, municipality, round_id
        self.municipality = None
        self.round = self.sealing = self.sealed = self.frozen = None
        self.keys, self.told, self.whole, self.purged = {}, {}, set(), set()
        self.last, self.recorded, self.envelopes, self.published = {}, 0, {}, 0
        self.versions, self.parts, self.trials, self.passkeys = {}, {}, set(), {}
        self.vouchers, self.stations, self.sheets = {}, {}, {}

    # --- One transaction after the other

    def take(self, block, index, transaction):
        """A record of another form than the protocol's is a fault of its own, and not looked at further."""
        try:
            self.take_transaction(block, index, transaction)
        except UNREADABLE as error:
            self.unread(f"block {block}, transaction {index}", error)

    def unread(self, place, error):
        self.say("records", False, f"{place}: something has not the form that the protocol gives it ({error!r})")

    def take_transaction(self, block, index, transaction):
        place = f"block {block}, transaction {index}"
        sent = transaction.is_sent and transaction.has_own_id and transaction.is_answer
        self.say("transactions", sent and len(transaction.endorsers) >= 2, place)
        current = all(self.versions.get(key) == version for key, version in transaction.reads if self.is_about(key))
        self.say("validity", current, f"{place}: read what was no longer so")
        written = {}
        for key, value in transaction.writes:
            if not self.is_about(key):
                continue
            of, kind, *parts = key.strip("\0").split("\0")
            if value is None:
                self.versions.pop(key, None)
                if kind in NEVER_DELETED or kind in OF_EVERY_ROUND:
                    self.say("records", False, f"{place}, {kind}: it is deleted")
                continue
            self.versions[key] = (block, index)
            try:
                read = read_record(value)
            except UNREADABLE as error:
                self.unread(f"{place}, {kind}", error)
                continue
            if kind == "municipality":
                told = read
                self.parts[of] = {one["mspId"]: one["part"] for one in told.get("organisations", [])}
                if told.get("trial"):
                    self.trials.add(of)
            if kind == "passkey":
                self.passkeys[of, parts[0]] = read
            if parts and parts[0] == self.id:
                if kind in ("round", "sealing"):
                    self.municipality = of
                written.setdefault(kind, []).append(read)
        for name, _, is_purge in transaction.private:
            if is_purge:
                self.purged.add(name)
        sender = self.parts.get(self.municipality, {}).get(transaction.sender and transaction.sender.msp)
        if "round" in written or "sealing" in written:
            self.take_prolonging(place, written, transaction, self.actor(transaction, sender))
            self.take_states(place, written, transaction.name, self.actor(transaction, sender))
        for key in written.get("issuer_key", []):
            self.say("keys", key["issuer"] == NUMBERS.get(sender), f"{place}: a key by {sender}")
            self.say("keys", (key["issuer"], key["area"]) not in self.keys, f"{place}: a key again")
            self.keys[key["issuer"], key["area"]] = base64.b64decode(key["modulus"])
        if self.round and self.sealing and not self.frozen:
            self.freeze()
        for told in written.get("issuance", []):
            self.say("issuance", told["issuer"] == NUMBERS.get(sender), f"{place}: told by {sender}")
            self.take_issuance(told, transaction)
        for record in written.get("voucher", []):
            self.take_voucher(place, record)
        for record in written.get("station", []):
            self.take_station(place, record)
        for record in written.get("sheets", []):
            self.take_sheets(place, record)
        if "sealed_ballot" in written:
            self.take_group(place, transaction, written["sealed_ballot"])
        for record in written.get("sealed_envelope", []):
            self.take_envelope(place, record)

    def is_about(self, key):
        parts = key.strip("\0").split("\0")
        if len(parts) < 2 or parts[0] != self.home:
            return False
        return parts[1] in OF_EVERY_ROUND or parts[2:3] == [self.id]

    def leave_out(self, block, index, code, transaction):
        """11 is a conflict of reads, 10 too few endorsements."""
        if not any(self.is_about(key) and self.id in key for key, _ in transaction.writes):
            return
        stale = any(self.versions.get(key) != version for key, version in transaction.reads if self.is_about(key))
        rightly = stale if code == 11 else len(transaction.endorsers) < 2 if code == 10 else code != 9
        self.say("validity", rightly, f"block {block}, transaction {index} was left out")

    def actor(self, transaction, sender):
        """Organisation and person, by the passkey that an act names; a program's by its certificate."""
        try:
            credential = json.loads(transaction.argument)["assertion"]["credential"]
        except (ValueError, KeyError, TypeError):
            return sender, None
        digest = hashlib.sha256(base64.urlsafe_b64decode(credential + "=" * (-len(credential) % 4))).hexdigest()
        passkey = self.passkeys.get((self.municipality, digest), {})
        return passkey.get("organisation"), passkey.get("person")

    def take_own(self, item, place, before, after, is_due, actor):
        """Entries that an organisation adds of itself, by a step of its own."""
        for one in after:
            if one not in before:
                person = actor[1] in (None, one["person"])
                own = is_due and one["organisation"] == actor[0] and person
                self.say(item, own, f"{place}: an entry of {one['organisation']} by {actor[0]}")

    def take_gathered(self, place, before, after, name, actor):
        first = {one["organisation"] for one in before["trustees"]}
        again = any(one["organisation"] in first for one in after["trustees"] if one not in before["trustees"])
        is_due = name == "sealed:offerTrusteeKey" and not again
        self.take_own("keys", place, before["trustees"], after["trustees"], is_due, actor)
        for organisation, service in SERVICES.items():
            was, now = before["services"].get(service), after["services"].get(service)
            own = was is None and name == "sealed:offerServiceKey" and organisation == actor[0]
            self.say("keys", was == now or own, f"{place}: {service} by {actor[0]}")
        for issuer in (1, 2, 3):
            was, now = (next((t for t in s["ties"] if t["issuer"] == issuer), None) for s in (before, after))
            commits = was is None and now and "reveal" not in now and name == "sealed:offerKeys"
            unrevealed = {k: v for k, v in (now or {}).items() if k != "reveal"}
            own = NUMBERS.get(actor[0]) == issuer and (commits or was == unrevealed and name == "sealed:revealTie")
            self.say("ties", was == now or own, f"{place}: the number of issuer {issuer} by {actor[0]}")

    def take_prolonging(self, place, written, transaction, actor):
        """A later closing instant: once, before the first has come, by the guarantors, as they signed it."""
        round_, sealing = (written[kind][0] if kind in written else before
                           for kind, before in (("round", self.round), ("sealing", self.sealing)))
        before = ((self.round or {}).get("prolongedTo"), (self.sealing or {}).get("prolonged"))
        now, told = (round_ or {}).get("prolongedTo"), (sealing or {}).get("prolonged")
        if (now, told) == before:
            return
        may = before == (None, None) and self.round and transaction.name == "sealed:prolong"
        if not self.say("freeze", may and now and told, f"{place}: the closing is put off by {transaction.name}"):
            return
        closes, later = instant(self.round["closesAt"]), instant(now)
        last = datetime.fromisoformat(legal_day(closes)) + timedelta(days=MOST_PROLONGED_DAYS)
        right = actor[0] == "Garanti" and told["by"] == actor[1] and not self.is_over(transaction)
        right = right and closes < later and legal_day(later) <= last.date().isoformat()
        try:
            signed = json.loads(json.loads(transaction.argument)["act"])["input"]["closesAt"]
        except (ValueError, KeyError, TypeError):
            signed = None
        self.say("freeze", right and told["closesAt"] == now == signed, f"{place}: the closing is put off to {now}")

    def take_states(self, place, written, name, actor):
        for record in written.get("round", []):
            frozen = canonical(picked(record, FROZEN))
            if self.round:
                same = frozen == canonical(picked(self.round, FROZEN))
                same = same and record["frozenDigest"] == self.round["frozenDigest"]
                self.say("freeze", same, f"{place}: what was frozen is written again")
            given = self.round["attestations"] if self.round else []
            self.take_own("attestations", place, given, record["attestations"], name == "rounds:attest", actor)
            self.round = record
        for record in written.get("sealing", []):
            before = self.sealing
            if before:
                self.take_own("release", place, before["released"], record["released"], name == "sealed:release", actor)
            if before and before["state"] == "gathering":
                self.take_gathered(place, before, record, name, actor)
            if before and before["state"] != "gathering":
                same = canonical(picked(record, SEALING)) == canonical(picked(before, SEALING))
                self.say("freeze", same, f"{place}: what was frozen of the sealing is written again")
                for part in ("reception", "list", "publication"):
                    if part in before:
                        self.say(part, before[part] == record.get(part), f"{place}: told again")
                if "paper" in before:
                    self.say("sheets", before["paper"] == record.get("paper"), f"{place}: told again")
                count = len(before["released"])
                if count > 0:
                    self.say("release", record["released"][:count] == before["released"], f"{place}: told again")
            self.sealing = record

    # --- The freeze

    def freeze(self):
        say, round_, sealing = self.say, self.round, self.sealing
        self.frozen = True
        say("freeze", text_digest(picked(sealing, SEALING)) == round_["sealing"], "another sealing")
        say("freeze", text_digest(picked(round_, FROZEN)) == round_["frozenDigest"], "F")
        keys = [
            {"area": area, "issuer": issuer, "modulus": base64.b64encode(self.keys[issuer, area]).decode()}
            for area, issuer in sorted((area, issuer) for issuer, area in self.keys)
        ]
        say("freeze", text_digest(keys) == sealing["keysDigest"], "the digest of the keys")

        areas = sealing["areas"]
        districts = [one for area in areas for one in area["districts"]]
        due = [[size, ids] for size, ids in join_areas(districts, sealing["leastPlaces"])]
        found = [[area["size"], [one["id"] for one in area["districts"]]] for area in areas]
        numbered = [area["number"] for area in areas] == list(range(1, len(areas) + 1))
        say("areas", due == found and numbered, "not joined as the rule says")
        say("areas", sum(one["size"] for one in districts) == round_["rollSize"], "the roll's length")
        rolls = sorted(districts, key=lambda one: one["id"])
        say("areas", text_digest(rolls) == round_["rollRoot"], "the rolls")

        ties = {one["issuer"]: one for one in sealing["ties"]}
        for issuer in (1, 2, 3):
            tie = ties.get(issuer, {})
            secret = bytes.fromhex(tie.get("reveal", ""))
            commitment = sb.digest("tie commitment", sb.uint(issuer, 1), secret, self.id.encode()).hex()
            say("ties", "reveal" in tie and commitment == tie["commitment"], f"issuer {issuer}")

        self.check_keys(areas)
        self.layout = {
            "type": round_["ballot"]["type"],
            "slots": min(round_["ballot"]["most"], len(round_["projects"])),
        }
        trustees = {one["organisation"]: bytes.fromhex(one["key"]) for one in sealing["trustees"]}
        if not say("keys", len(trustees) == 3, "there are not three organisations with a trustee's key"):
            return
        self.sealed = {
            "freeze": bytes.fromhex(round_["frozenDigest"]),
            "layout": self.layout,
            "trustees": [trustees.get(name, b"") for name in NUMBERS],
        }

    def check_keys(self, areas):
        say, sealing = self.say, self.sealing
        services = {name: bytes.fromhex(key) for name, key in sealing["services"].items()}
        for name in ("relay", "copyKeeper"):
            say("keys", sb.is_ed25519_key(services.get(name, b"")), name)
        say("keys", services.get("relay") != services.get("copyKeeper"), "relay and copy-keeper have one key")
        x25519 = [services.get("opener", b"")] + [bytes.fromhex(one["key"]) for one in sealing["trustees"]]
        say("keys", len(x25519) == 4 and len(set(x25519)) == 4, "opener and trustees")
        for key in x25519:
            try:
                sb.exchange(bytes([7] * 32), key)
            except sb.Fault:
                say("keys", False, "a weak key")
        expected = {(issuer, area["number"]) for issuer in (1, 2, 3) for area in areas} | {(1, 0)}
        say("keys", set(self.keys) == expected, "issuers' keys")
        for (issuer, area), modulus in self.keys.items():
            say("keys", len(modulus) == 384 and modulus[0] & 128 and modulus[-1] & 1, "a weak modulus")
            for (other, elsewhere), same in self.keys.items():
                twice = (other, elsewhere) != (issuer, area) and (other == issuer or elsewhere == area)
                say("keys", not (twice and same == modulus), "one key twice")
        self.rsa = {
            name: RSAPublicNumbers(65537, int.from_bytes(modulus, "big")).public_key()
            for name, modulus in self.keys.items()
            if len(modulus) == 384 and modulus[-1] & 1
        }

    # --- Issuance

    def take_issuance(self, told, transaction):
        counts = {one["area"]: one["count"] for one in told["issued"]}
        sizes = {area["number"]: area["size"] for area in self.sealing["areas"]}
        fits = all(count <= sizes.get(area, -1) and count % STEP == 0 for area, count in counts.items())
        self.say("issuance", fits, "more than the roll, or no whole step")
        before = self.told.get(told["issuer"])
        if before:
            earlier = {one["area"]: one["count"] for one in before["issued"]}
            falls = any(counts.get(area, 0) < count for area, count in earlier.items())
            falls = falls or told["refused"] < before["refused"] or told["paper"] < before["paper"]
            self.say("issuance", told["day"] > before["day"] and not falls, "a count falls")
        self.told[told["issuer"]] = told
        if self.round and self.is_over(transaction):
            self.whole.add(told["issuer"])

    # --- Ballots

    def take_group(self, place, transaction, ballots):
        say = self.say
        keys = {one["key"] for one in ballots}
        say("groups", len({one["area"] for one in ballots}) == 1, f"{place}: two areas")
        say("groups", len(keys) == len(ballots), f"{place}: a key twice")
        enough = len(keys) >= self.sealing["groupSize"] or self.is_over(transaction)
        say("groups", enough, f"{place}: {len(keys)} keys")
        stored = {name: value for name, value, is_purge in transaction.private if not is_purge}
        for ballot in ballots:
            self.recorded += 1
            area, key, seq = ballot["area"], bytes.fromhex(ballot["key"]), ballot["seq"]
            say("ballots", self.is_right(ballot, area, key, seq), f"{place}: {ballot['key'][:16]}")
            kept = stored.get(self.private_name(area, ballot["key"], seq))
            same = kept is not None and sb.digest("envelope", kept).hex() == ballot["digest"]
            say("ballots", same, f"{place}: {ballot['key'][:16]}: its envelope")
            last = self.last.get((area, key), (0, None))[0]
            if say("order", seq == last + 1, f"{place}: {ballot['key'][:16]} {seq}"):
                self.last[area, key] = (seq, bytes.fromhex(ballot["digest"]))

    def is_over(self, transaction):
        day = json.loads(transaction.event or b"{}").get("day", "")
        closes = instant(self.round.get("prolongedTo", self.round["closesAt"]))
        if day > legal_day(closes):
            return True
        sent = datetime.fromtimestamp(transaction.timestamp, timezone.utc)
        return sent >= closes and (self.municipality not in self.trials or legal_day(sent) == day)

    def is_right(self, ballot, area, key, seq):
        if not self.sealed or not 1 <= seq <= 20 or not sb.is_ed25519_key(key):
            return False
        place = self.place(area, key, seq)
        for issuer, credential in zip((1, 2, 3), ballot["credentials"]):
            if not self.is_blind_signed(issuer, area, place[:66], base64.b64decode(credential)):
                return False
        message = sb.tag("cast signature", place, bytes.fromhex(ballot["digest"]))
        return sb.signed_by(key, message, bytes.fromhex(ballot["signature"]))

    def is_blind_signed(self, issuer, area, message, signature):
        """RSASSA-PSS with an empty salt, by the library: what `is_blind_signed` computes with whole numbers."""
        key = self.rsa.get((issuer, area))
        try:
            scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=0)
            key.verify(signature, message, scheme, hashes.SHA384())
            return True
        except (InvalidSignature, ValueError, AttributeError):
            return False

    def place(self, area, key, seq):
        return self.sealed["freeze"] + sb.uint(area, 2) + key + sb.uint(seq, 1)

    def private_name(self, area, key, seq):
        parts = [self.municipality, "envelope", self.id, f"{area:05}", key, f"{seq:02}"]
        return hashlib.sha256(b"\0" + "\0".join(parts).encode() + b"\0").digest()

    def take_envelope(self, place, record):
        area, key = record["area"], bytes.fromhex(record["key"])
        envelope = base64.b64decode(record["envelope"])
        opened = {one["number"] for one in self.sealing.get("list", {}).get("areas", []) if one["opened"]}
        self.say("publication", area in opened, f"{place}: area {area} is not opened")
        seq, signed = self.last.get((area, key), (0, None))
        right = seq == record["seq"] and sb.digest("envelope", hashlib.sha256(envelope).digest()) == signed
        if self.say("publication", right, f"{place}: not the one that stands"):
            self.say("publication", (area, key) not in self.envelopes, f"{place}: published twice")
            self.envelopes[area, key] = envelope
            self.published += 1

    # --- Desks and sheets of paper

    def take_voucher(self, place, record):
        before = self.vouchers.get(record["id"])
        # As long as nobody has confirmed it, whoever meets the person at another Casa vouches anew.
        elsewhere = (
            before is not None
            and before["state"] == record["state"] == "vouched"
            and before["station"] != record["station"]
        )
        if before is None or elsewhere:
            self.say("desks", record["state"] == "vouched", f"{place}: it begins confirmed")
        else:
            self.say("desks", before["state"] == "vouched", f"{place}: it is written again")
            self.say("desks", unconfirmed(before) == unconfirmed(record), f"{place}: another person is confirmed")
        self.vouchers[record["id"]] = record

    def take_station(self, place, record):
        before = self.stations.get(record["id"])
        if before:
            self.say("desks", before["delivered"] == record["delivered"], f"{place}: it got other sheets")
            self.say("desks", before["state"] != "closed", f"{place}: it is written again")
        if record["state"] == "closed":
            same = (before or {}).get("balance") == record.get("balance")
            self.say("desks", same, f"{place}: another balance is confirmed")
        self.stations[record["id"]] = record

    def take_sheets(self, place, record):
        before = self.sheets.get(record["bundle"])
        self.say("sheets", not self.sealing["released"], f"{place}: after a key was released")
        texts = [canonical(sheet) for sheet in record["sheets"]]
        self.say("sheets", texts == sorted(texts), f"{place}: its order tells which sheet came first")
        if before:
            self.say("sheets", before["state"] == "entered", f"{place}: it is written again")
        if record["state"] == "confirmed":
            same = before is not None and unconfirmed(before) == unconfirmed(record)
            self.say("sheets", same, f"{place}: other sheets are confirmed")
        self.sheets[record["bundle"]] = record

    def vouched_for(self, station, area):
        wanted = (station, area, "paper", "confirmed")
        found = ((one["station"], one["area"], one["purpose"], one["state"]) for one in self.vouchers.values())
        return sum(1 for one in found if one == wanted)

    def given(self, area):
        """As stations told; of one that has not told, as many as people are vouched for."""
        count = 0
        for name, station in self.stations.items():
            if "balance" in station:
                count += sum(one["given"] for one in station["balance"]["areas"] if one["area"] == area)
            else:
                count += self.vouched_for(name, area)
        return count

    def check_desks(self):
        for one in self.vouchers.values():
            if "confirmedBy" in one:
                self.say("desks", are_two(one["by"], one["confirmedBy"]), f"{one['id'][:16]}: one organisation")
        for name, station in self.stations.items():
            if "balance" not in station:
                continue
            told, say = station["balance"], self.say
            delivered = {one["area"]: one["sheets"] for one in station["delivered"]}
            areas = [one["area"] for one in told["areas"]]
            say("desks", sorted(areas) == sorted(delivered), f"{name}: its areas")
            for one in told["areas"]:
                found = one["given"] + one["spoiled"] + one["unused"] + one["lost"]
                say("desks", found == delivered.get(one["area"]), f"{name}: sheets are nowhere")
                say("desks", one["cast"] <= one["given"], f"{name}: more in the box than were given")
                say("desks", one["given"] <= self.vouched_for(name, one["area"]), f"{name}: given to nobody")
                whole = one["lost"] == 0 and one["cast"] == one["given"]
                say("desks", whole or "incidentsDigest" in told, f"{name}: missing without a word")
            if "closedBy" in station:
                say("desks", are_two(told["by"], station["closedBy"]), f"{name}: one organisation")

    def check_sheets(self):
        """Contents of the sheets that count, how many are void, and those of areas with too few."""
        say, told = self.say, self.sealing.get("paper")
        cast, read = {}, {}
        for station in self.stations.values():
            for one in station.get("balance", {}).get("areas", []):
                cast[one["area"]] = cast.get(one["area"], 0) + one["cast"]
        if self.sealing["released"] and self.stations:
            say("sheets", told is not None, "keys were released while sheets waited")
        for bundle, record in self.sheets.items():
            if "confirmedBy" in record:
                say("sheets", are_two(record["by"], record["confirmedBy"]), f"{bundle}: one organisation")
            elif told:
                say("sheets", False, f"{bundle}: nobody confirmed it")
            read.setdefault(record["area"], []).extend(record["sheets"])
        for area in set(cast) | set(read):
            found, entered = cast.get(area, 0), len(read.get(area, []))
            due = found if found >= LEAST_SHEETS else 0
            say("sheets", entered == due if told else entered <= due, f"area {area}: {entered} of {due}")
        if told:
            due = [{"number": area, "cast": n, "opened": n >= LEAST_SHEETS} for area, n in sorted(cast.items())]
            say("sheets", told["areas"] == due, "the sum of all sheets")
            closed = all(one["state"] == "closed" for one in self.stations.values())
            say("sheets", closed, "summed up before every station was closed")
        everything = [sheet for record in self.sheets.values() for sheet in record["sheets"]]
        few = sum(n for n in cast.values() if n < LEAST_SHEETS)
        contents = [(one["choices"], one.get("points", [])) for one in everything if "fault" not in one]
        return contents, sum("fault" in one for one in everything), few

    # --- The end

    def finish(self):
        if not self.sealed:
            if self.frozen:
                self.say("records", False, "what was frozen cannot be read: what follows it is not checked")
            return
        final = sorted(self.last.items())
        self.paper = [], 0, 0
        steps = [
            self.check_issuance,
            self.check_desks,
            self.check_paper,
            self.check_reception,
            lambda: self.check_list(final),
            lambda: self.check_publication(final),
            self.check_purge,
            lambda: self.check_opening(final),
            self.check_attestations,
        ]
        for step in steps:
            try:
                step()
            except UNREADABLE as error:
                self.unread("at the end", error)

    def check_paper(self):
        self.paper = self.check_sheets()

    def check_opening(self, final):
        released = self.check_release()
        if len(released) >= 2 and "list" in self.sealing:
            self.count(final, released[:2])
        elif "outcome" in self.round:
            self.say("outcome", False, "it was told, and no ballots are there to count")

    def check_issuance(self):
        for area in self.sealing["areas"]:
            voters = sum(1 for number, _ in self.last if number == area["number"])
            self.say("issuance", voters <= area["size"], f"area {area['number']}: more voters than places")
            counts = [self.told.get(issuer, {}).get("issued", []) for issuer in (1, 2, 3)]
            whole = min(sum(one["count"] for one in told if one["area"] == area["number"]) for told in counts)
            everybody = max(voters, whole) + self.given(area["number"])
            self.say("issuance", everybody <= area["size"], f"area {area['number']}: with the sheets more than places")
            for told in self.told.values():
                count = {one["area"]: one["count"] for one in told["issued"]}.get(area["number"], 0)
                # Of an issuer that told nothing after the closing it is not known how many it issued.
                fits = voters < count + STEP or told["issuer"] not in self.whole
                self.say("issuance", fits, f"area {area['number']}: more voters than credentials")
        places = sum(area["size"] for area in self.sealing["areas"])
        for told in self.told.values():
            issued = sum(one["count"] for one in told["issued"])
            self.say("issuance", issued + told["paper"] <= places, "credentials and paper are more than the roll")

    def check_reception(self):
        reception = self.sealing.get("reception")
        if not reception:
            return
        parts = [self.sealed["freeze"], sb.uint(reception["count"], 4), bytes.fromhex(reception["order"])]
        for label, service, name in (
            ("relay end", "relay", "relaySignature"),
            ("copy-keeper end", "copyKeeper", "copyKeeperSignature"),
        ):
            key = bytes.fromhex(self.sealing["services"].get(service, ""))
            self.say("reception", sb.signed_by(key, sb.tag(label, *parts), bytes.fromhex(reception[name])), label)
        self.say("reception", self.recorded <= reception["count"], "more ballots than posts")

    def check_list(self, final):
        told = self.sealing.get("list")
        if not told:
            return
        leaves = [
            hashlib.sha256(b"\0" + self.place(area, key, seq) + signed).digest() for (area, key), (seq, signed) in final
        ]
        self.say("list", sb.tree(leaves).hex() == told["root"], "its root")
        superseded = sum(seq - 1 for _, (seq, _) in final)
        self.say("list", (told["count"], told["superseded"]) == (len(final), superseded), "its counts")
        due = []
        for area in self.sealing["areas"]:
            ballots = sum(1 for (number, _), _ in final if number == area["number"])
            due.append({"number": area["number"], "ballots": ballots, "opened": ballots >= LEAST_OPENED})
        self.say("list", told["areas"] == due, "its areas")

    def check_publication(self, final):
        told = self.sealing.get("publication")
        if not told:
            return
        opened = {one["number"] for one in self.sealing["list"]["areas"] if one["opened"]}
        missing = [name for name, _ in final if name[0] in opened and name not in self.envelopes]
        found = (self.published, len(missing))
        self.say("publication", (told["published"], told["missing"]) == found, "its counts")

    def check_purge(self):
        if not self.sealing["released"]:
            return
        for (area, key), (seq, _) in self.last.items():
            names = [self.private_name(area, key.hex(), one) for one in range(1, seq + 1)]
            self.say("purge", all(name in self.purged for name in names[:-1]), f"{key.hex()[:16]}")
            self.say("purge", names[-1] not in self.purged, f"{key.hex()[:16]}: the one that stands")

    def check_release(self):
        found = []
        for one in self.sealing["released"]:
            number, secret = NUMBERS[one["organisation"]], bytes.fromhex(one["secret"])
            right = sb.x25519_public(secret) == self.sealed["trustees"][number - 1]
            first = all(number != other for other, _ in found)
            if self.say("release", right and first, one["organisation"]):
                found.append((number, secret))
        return found

    def count(self, final, released):
        opened = {one["number"] for one in self.sealing["list"]["areas"] if one["opened"]}
        votes = {project["number"]: 0 for project in self.round["projects"]}
        counted = void = unopened = 0
        contents = []
        for (area, key), (seq, _) in final:
            envelope = self.envelopes.get((area, key))
            if area not in opened:
                unopened += 1
                continue
            try:
                if envelope is None:
                    raise sb.Fault("missing")
                _, plaintext = sb.open_envelope(self.sealed, self.place(area, key, seq), released, envelope)
                content = sb.read_ballot(self.layout, plaintext)
            except sb.Fault:
                void += 1
                continue
            finally:
                self.say("openings", True, "")
            contents.append(([int(one) for one in content["choices"]], content.get("points", [])))
        sheets, void_sheets, few = self.paper
        void, unopened = void + void_sheets, unopened + few
        for choices, points in contents + sheets:
            given = self.votes_of(choices, points)
            if given is None:
                void += 1
                continue
            counted += 1
            for number, count in zip(choices, given):
                votes[number] += count
        told, say = self.round.get("outcome"), self.say
        if not told:
            return
        say("outcome", (told["ballots"], told["void"], told.get("unopened", 0)) == (counted, void, unopened), "ballots")
        say("outcome", [[one["number"], one["votes"]] for one in told["votes"]] == [list(one) for one in votes.items()], "votes")
        selected = self.greedy(votes)
        if selected is not None:
            costs = {one["number"]: one["costCents"] for one in self.round["projects"]}
            say("outcome", told["selected"] == selected, f"selected: {selected}")
            say("outcome", told["costCents"] == sum(costs[one] for one in selected), "cost")
        say("outcome", text_digest({k: v for k, v in told.items() if k != "digest"}) == told["digest"], "its digest")

    def votes_of(self, choices, points):
        """What a ballot gives each of its choices; None where the limits of the round make it void."""
        limits = self.round["ballot"]
        costs = {one["number"]: one["costCents"] for one in self.round["projects"]}
        if any(one not in costs for one in choices) or len(set(choices)) < len(choices):
            return None
        if not limits["least"] <= len(choices) <= limits["most"]:
            return None
        if any(len(set(choices) & set(group["numbers"])) > group["most"] for group in limits.get("groups", [])):
            return None
        if "mostCents" in limits and sum(costs[one] for one in choices) > limits["mostCents"]:
            return None
        if limits["type"] == "ranking":
            return [limits["most"] - place for place in range(len(choices))]
        if limits["type"] != "points":
            return [1] * len(choices)
        given = [int(one) for one in points if str(one).isdigit()]
        each = all(1 <= one <= limits["points"]["each"] for one in given)
        whole = len(given) == len(points) == len(choices)
        return given if whole and each and sum(given) <= limits["points"]["total"] else None

    def greedy(self, votes):
        """Most votes first, then lower cost, then the drawn order; None for a rule that is not counted here."""
        rule = json.loads(self.round["rule"])
        plain = rule.get("rule") == "greedy" and rule.get("threshold") is None
        if not plain or rule.get("residue") or rule.get("incompatible"):
            return None
        drawn = b"".join(bytes.fromhex(one["reveal"]) for one in sorted(self.sealing["ties"], key=lambda t: t["issuer"]))
        order = sorted(
            self.round["projects"],
            key=lambda one: (
                -votes[one["number"]],
                one["costCents"],
                hashlib.sha256(drawn + one["proposal"].encode()).digest(),
            ),
        )
        left, selected = self.round["budgetCents"], []
        for project in order:
            if project["costCents"] <= left:
                left -= project["costCents"]
                selected.append(project["number"])
            elif not rule.get("skip", True):
                break
        return selected

    def check_attestations(self):
        outcome = self.round.get("outcome")
        if not outcome:
            return
        given = self.round["attestations"]
        self.say("attestations", all(one["digest"] == outcome["digest"] for one in given), "another outcome")
        parts = {one["organisation"] for one in given}
        self.say("attestations", len(parts) == len(given), "one organisation twice")
        if self.round["state"] in ("attested", "final"):
            least = max(2, self.round["requiredAttestations"])
            self.say("attestations", len(parts) >= least, f"{len(parts)} organisations")


def main(path):
    findings = Findings()
    try:
        with open(path, "rb") as file:
            municipality, round_id = round_of(file)
            file.seek(0)
            check = RoundCheck(findings, municipality, round_id)
            for block, index, code, transaction in read_chain(file, findings.say):
                if code == VALID:
                    check.take(block, index, transaction)
                else:
                    check.leave_out(block, index, code, transaction)
        if not (check.round or check.sealing):
            raise NoBundle(f"the evidence holds no round {round_id}")
        if not check.sealing:
            raise NoBundle(f"the ballots of the round {round_id} are not sealed: this program does not check it")
    except (NoBundle, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    check.finish()
    answer = findings.answer()
    print(json.dumps({"round": round_id, "items": answer}))
    return 1 if any(one["faults"] for one in answer.values()) else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print("usage: python round_bundle.py BUNDLE", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(sys.argv[1]))
