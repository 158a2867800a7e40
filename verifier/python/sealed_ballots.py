"""Opens and checks sealed ballots, written from docs/sealed-ballots.md alone.

    python sealed_ballots.py open evidence.json     opens every cast of a round whose trustees' keys are released
    python sealed_ballots.py values protocol.json   computes every value of the written protocol again
    python sealed_ballots.py edges curve-edges.json judges keys and signatures on which libraries disagree

Each prints JSON. Evidence: freeze, layout, trustees, issuers (area -> three moduli), released (trustee -> secret key) and
casts, bytes in hexadecimal. Needs the package `cryptography`.
"""

import hashlib
import hmac
import json
import sys
from itertools import combinations

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
TYPES = {"approval": 1, "knapsack": 2, "ranking": 3, "points": 4, "choice": 5}
RSA = 384


class Fault(Exception):
    """What is wrong, in the words of the protocol."""


# --- Labels and derivation


def tag(label, *parts):
    return f"co-city sealed ballot 1\n{label}\n".encode() + b"".join(parts)


def digest(label, *parts):
    return hashlib.sha256(tag(label, *parts)).digest()


def mac(key, message):
    return hmac.new(key, message, hashlib.sha256).digest()


def expand(prk, info, length):
    out, block, counter = b"", b"", 1
    while len(out) < length:
        block = mac(prk, block + info + bytes([counter]))
        out += block
        counter += 1
    return out[:length]


def derive(secret, label, *context, length=32):
    return expand(mac(bytes(32), secret), tag(label, *context), length)


def uint(value, length):
    return value.to_bytes(length, "big")


# --- Curve keys


def is_small_order(y, sign):
    """Whether eight times the point of edwards25519 is the neutral one; no where there is no such point."""
    d = -121665 * pow(121666, -1, FIELD) % FIELD
    square = (y * y - 1) * pow(d * y * y + 1, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * pow(2, (FIELD - 1) // 4, FIELD) % FIELD
    if (x * x - square) % FIELD:
        return False
    if x % 2 != sign:
        x = FIELD - x if x else 0
    for _ in range(3):
        product = d * x * x * y * y % FIELD
        x, y = (
            2 * x * y * pow(1 + product, -1, FIELD) % FIELD,
            (y * y + x * x) * pow(1 - product, -1, FIELD) % FIELD,
        )
    return (x, y) == (0, 1)


def is_ed25519_key(key):
    if len(key) != 32:
        return False
    number = int.from_bytes(key, "little")
    y, sign = number % 2**255, number >> 255
    return y < FIELD and not is_small_order(y, sign)


def signed_by(key, message, signature):
    if len(signature) != 64 or not is_ed25519_key(key):
        return False
    if int.from_bytes(signature[32:], "little") >= ORDER:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


def sign(secret, message):
    return Ed25519PrivateKey.from_private_bytes(secret).sign(message)


def ed25519_public(secret):
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def x25519_public(secret):
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def exchange(secret, key):
    if len(key) != 32 or int.from_bytes(key, "little") >= FIELD:
        raise Fault("weak key")
    try:
        return X25519PrivateKey.from_private_bytes(secret).exchange(X25519PublicKey.from_public_bytes(key))
    except ValueError:  # the result is zero
        raise Fault("weak key") from None


# --- HPKE, RFC 9180

KEM = b"KEM" + uint(0x20, 2)
SUITE = b"HPKE" + uint(0x20, 2) + uint(1, 2) + uint(2, 2)


def labeled_extract(suite, salt, label, material):
    return mac(salt or bytes(32), b"HPKE-v1" + suite + label + material)


def labeled_expand(suite, prk, label, info, length):
    return expand(prk, uint(length, 2) + b"HPKE-v1" + suite + label + info, length)


def ephemeral(material):
    return labeled_expand(KEM, labeled_extract(KEM, b"", b"dkp_prk", material), b"sk", b"", 32)


def hpke_cipher(shared, encapsulated, recipient, info):
    prk = labeled_extract(KEM, b"", b"eae_prk", shared)
    secret = labeled_expand(KEM, prk, b"shared_secret", encapsulated + recipient, 32)
    context = (
        b"\0" + labeled_extract(SUITE, b"", b"psk_id_hash", b"") + labeled_extract(SUITE, b"", b"info_hash", info)
    )
    secret = labeled_extract(SUITE, secret, b"secret", b"")
    return AESGCM(labeled_expand(SUITE, secret, b"key", context, 32)), labeled_expand(
        SUITE, secret, b"base_nonce", context, 12
    )


def hpke_seal(recipient, secret, info, text):
    encapsulated = x25519_public(secret)
    cipher, nonce = hpke_cipher(exchange(secret, recipient), encapsulated, recipient, info)
    return encapsulated + cipher.encrypt(nonce, text, b"")


def hpke_open(secret, info, sealed):
    cipher, nonce = hpke_cipher(exchange(secret, sealed[:32]), sealed[:32], x25519_public(secret), info)
    return decrypt(cipher, nonce, sealed[32:], b"")


def decrypt(cipher, nonce, sealed, additional):
    try:
        return cipher.decrypt(nonce, sealed, additional)
    except InvalidTag:
        raise Fault("not opened") from None


# --- Blind signatures, RFC 9474


def encode_pss(message, bits):
    length = (bits + 7) // 8
    inner = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest()).digest()
    size = length - 49
    mask = b"".join(hashlib.sha384(inner + uint(i, 4)).digest() for i in range(size // 48 + 1))[:size]
    block = bytearray(mask)
    block[-1] ^= 1
    block[0] &= 0xFF >> (8 * length - bits)
    return int.from_bytes(bytes(block) + inner + b"\xbc", "big")


def is_blind_signed(modulus, message, signature):
    value = int.from_bytes(signature, "big")
    return len(signature) == RSA and value < modulus and pow(value, 65537, modulus) == encode_pss(message, 3071)


# --- Sharing over GF(256)


def times(a, b):
    product = 0
    while b:
        if b & 1:
            product ^= a
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def combine(i, s, j, t):
    inverse = next(x for x in range(1, 256) if times(x, i ^ j) == 1)
    return bytes(times(times(a, j) ^ times(b, i), inverse) for a, b in zip(s, t))


# --- The ballot


def plaintext_length(layout):
    return 4 + layout["slots"] * (10 if layout["type"] == "points" else 2)


def envelope_length(layout):
    return 1 + 32 + 240 + plaintext_length(layout) + 16


def share_info(place, trustee, commitment):
    return tag("share", place, uint(trustee, 1), commitment)


def seal_envelope(trustees, place, key, plaintext):
    commitment = digest("key commitment", key)
    line = derive(key, "share coefficients")
    shares = b"".join(
        hpke_seal(
            trustee,
            ephemeral(derive(key, "share ephemeral", uint(i, 1))),
            share_info(place, i, commitment),
            bytes(k ^ times(a, i) for k, a in zip(key, line)),
        )
        for i, trustee in enumerate(trustees, 1)
    )
    ballot = AESGCM(derive(key, "ballot cipher key")).encrypt(bytes(12), plaintext, tag("ballot", place))
    return b"\1" + commitment + shares + ballot


def open_envelope(round_, place, released, envelope):
    """K and the plaintext, by two of the released keys. Every fault is the same one."""
    try:
        if len(envelope) != envelope_length(round_["layout"]) or envelope[0] != 1:
            raise Fault("malformed")
        shares = []
        for i, secret in released:
            sealed = envelope[33 + 80 * (i - 1) : 33 + 80 * i]
            shares += [i, hpke_open(secret, share_info(place, i, envelope[1:33]), sealed)]
        key = combine(*shares)
        cipher = AESGCM(derive(key, "ballot cipher key"))
        plaintext = decrypt(cipher, bytes(12), envelope[273:], tag("ballot", place))
        if seal_envelope(round_["trustees"], place, key, plaintext) != envelope:
            raise Fault("differs")
        return key, plaintext
    except Fault:
        raise Fault("not made again") from None


def read_ballot(layout, plaintext):
    attempt, kind, count = plaintext[0], plaintext[1], int.from_bytes(plaintext[2:4], "big")
    size = 10 if layout["type"] == "points" else 2
    if attempt < 1 or kind != TYPES[layout["type"]] or count > layout["slots"]:
        raise Fault("malformed")
    slots = [plaintext[4 + size * i : 4 + size * (i + 1)] for i in range(count)]
    numbers = [int.from_bytes(slot[:2], "big") for slot in slots]
    ordered = numbers if layout["type"] == "ranking" else sorted(numbers)
    if 0 in numbers or numbers != ordered or len(set(numbers)) != count or any(plaintext[4 + size * count :]):
        raise Fault("malformed")
    ballot = {"attempt": attempt, "choices": [str(number) for number in numbers]}
    if layout["type"] == "points":
        units = [int.from_bytes(slot[2:], "big", signed=True) for slot in slots]
        if any(abs(unit) >= 10**15 for unit in units):
            raise Fault("malformed")
        ballot["points"] = [decimal(unit) for unit in units]
    return ballot


def decimal(units):
    whole, part = divmod(abs(units), 10**9)
    text = f"{whole}.{part:09}".rstrip("0").rstrip(".")
    return f"-{text}" if units < 0 else text


def read_cast(round_, cast):
    if len(cast) != 1 + 67 + 64 + 3 * RSA + envelope_length(round_["layout"]) or cast[0] != 1:
        raise Fault("malformed")
    place, area, seq = cast[1:68], int.from_bytes(cast[33:35], "big"), cast[67]
    if place[:32] != round_["freeze"] or area not in round_["issuers"] or not 1 <= seq <= 20:
        raise Fault("malformed")
    if not is_ed25519_key(place[34:66]):
        raise Fault("weak key")
    credentials = [cast[132 + RSA * i : 132 + RSA * (i + 1)] for i in range(3)]
    for modulus, credential in zip(round_["issuers"][area], credentials):
        if not is_blind_signed(modulus, place[:66], credential):
            raise Fault("bad credential")
    envelope = cast[132 + 3 * RSA :]
    message = tag("cast signature", place, digest("envelope", hashlib.sha256(envelope).digest()))
    if not signed_by(place[34:66], message, cast[68:132]):
        raise Fault("bad signature")
    return place, envelope


def final_root(recorded):
    """The root over the ballots that stand, of (place, digest of the envelope) in the order of the ledger."""
    last = {}
    for place, envelope in recorded:
        if place[66] == last.get(place[32:66], (b"\0" * 67,))[0][66] + 1:
            last[place[32:66]] = (place, envelope)
    return tree([hashlib.sha256(b"\0" + place + envelope).digest() for _, (place, envelope) in sorted(last.items())])


def tree(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256().digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + tree(leaves[:split]) + tree(leaves[split:])).digest()


# --- Commands


def open_evidence(evidence):
    round_ = {
        "freeze": bytes.fromhex(evidence["freeze"]),
        "layout": evidence["layout"],
        "trustees": [bytes.fromhex(key) for key in evidence["trustees"]],
        "issuers": {int(area): [int(n, 16) for n in keys] for area, keys in evidence["issuers"].items()},
    }
    released = [(int(i), bytes.fromhex(secret)) for i, secret in sorted(evidence["released"].items())]
    for i, secret in released:
        if x25519_public(secret) != round_["trustees"][i - 1]:
            raise SystemExit(f"the released key of trustee {i} is not the frozen one")
    casts = [bytes.fromhex(cast) for cast in evidence["casts"]]
    ends = [[outcome(round_, pair, cast) for pair in combinations(released, 2)] for cast in casts]
    recorded = [
        (cast[1:68], digest("envelope", hashlib.sha256(cast[132 + 3 * RSA :]).digest()))
        for cast, end in zip(casts, ends)
        if "refused" not in end[0]
    ]
    return {"ends": ends, "finalRoot": final_root(recorded).hex()}


def outcome(round_, pair, cast):
    try:
        place, envelope = read_cast(round_, cast)
    except Fault as fault:
        return {"refused": str(fault)}
    try:
        key, plaintext = open_envelope(round_, place, pair, envelope)
        return {"key": key.hex(), **read_ballot(round_["layout"], plaintext)}
    except Fault as fault:
        return {"void": str(fault)}


def compute_values(given):
    """Every value that follows from others, from seed and secrets down; the rest is taken as it is given."""
    b = {name: bytes.fromhex(value) for name, value in given.items() if is_hex(value)}
    lists = {name: [bytes.fromhex(one) for one in value] for name, value in given.items() if is_hex_list(value)}
    freeze, area = b["freeze"], uint(given["area"], 2)
    made = {}
    rhos = [mac(secret, freeze + b["person"]) for secret in lists["issuerSecrets"]]
    made["rhos"] = rhos
    seed = b["seed"]
    text = b"".join(rhos)
    list_tag = derive(seed, "rho list tag", freeze, length=16)
    held = text + area + b"".join(lists["credentials"]) + b["postingCredential"]
    nonce = mac(derive(seed, "rho list nonce", freeze), held)[:12]
    made["rhoEntry"] = list_tag + nonce + AESGCM(derive(seed, "rho list key", freeze)).encrypt(nonce, held, list_tag)
    made["enrolmentSecret"] = derive(seed, "enrolment key")
    made["enrolmentKey"] = ed25519_public(made["enrolmentSecret"])
    made["enrolmentNonce"] = digest("enrolment nonce", freeze, made["enrolmentKey"])
    root = made["root"] = derive(seed + text, "root", freeze)
    made["voterSecret"] = derive(root, "voter key", area)
    voter = made["voterKey"] = ed25519_public(made["voterSecret"])
    message = made["credentialMessage"] = freeze + area + voter
    made["postingSecret"] = derive(root, "posting key")
    posting_key = ed25519_public(made["postingSecret"])
    made["postingMessage"] = freeze + posting_key

    moduli = [int(n, 16) for n in given["moduli"]]
    wide = derive(root, "blinding factor", b"\1", area, hashlib.sha256(message).digest(), length=RSA + 16)
    factor = int.from_bytes(wide, "big") % (moduli[0] - 1) + 1
    made["blindingFactor"] = uint(factor, RSA)
    blinded = encode_pss(message, 3071) * pow(factor, 65537, moduli[0]) % moduli[0]
    made["blinded"] = uint(blinded, RSA)
    made["enrolmentMessage"] = tag(
        "enrolment request", b"\2\1", freeze, area, made["blinded"], b["enrolmentMessage"][-32:]
    )
    unblinded = int.from_bytes(b["blindSignature"], "big") * pow(factor, -1, moduli[0]) % moduli[0]
    for modulus, credential in zip(moduli, lists["credentials"]):
        assert is_blind_signed(modulus, message, credential)
    assert is_blind_signed(moduli[3], made["postingMessage"], b["postingCredential"])
    made["credentials"] = [uint(unblinded, RSA), *lists["credentials"][1:]]

    made["trustees"] = [x25519_public(secret) for secret in lists["trusteeSecrets"]]
    made["opener"] = x25519_public(b["openerSecret"])
    place = made["place"] = message + b"\1"
    plaintext = b["plaintext"]
    key = made["ballotKey"] = derive(root, "ballot key", place, hashlib.sha256(plaintext).digest())
    made["keyCommitment"] = digest("key commitment", key)
    line = derive(key, "share coefficients")
    made["shares"] = [bytes(k ^ times(a, i) for k, a in zip(key, line)) for i in (1, 2, 3)]
    made["shareEphemerals"] = [ephemeral(derive(key, "share ephemeral", uint(i, 1))) for i in (1, 2, 3)]
    envelope = made["envelope"] = seal_envelope(made["trustees"], place, key, plaintext)
    made["envelopeDigest"] = digest("envelope", hashlib.sha256(envelope).digest())
    made["castMessage"] = tag("cast signature", place, made["envelopeDigest"])
    signature = sign(made["voterSecret"], made["castMessage"])
    cast = made["cast"] = b"\1" + place + signature + b"".join(made["credentials"]) + envelope
    made["postEphemeral"] = ephemeral(derive(root, "post ephemeral", hashlib.sha256(cast).digest()))
    sealed = hpke_seal(made["opener"], made["postEphemeral"], tag("post", freeze), cast)
    assert hpke_open(b["openerSecret"], tag("post", freeze), sealed) == cast
    post = made["postDigest"] = digest("post", sealed)
    signature = sign(made["postingSecret"], tag("post signature", freeze, posting_key, post))
    made["post"] = b"\1" + freeze + posting_key + b["postingCredential"] + signature + sealed

    order = digest("posting order", freeze, bytes(32), post)
    keepers = given["keeperSecrets"]
    promise = [freeze, uint(1, 4), post, order]
    relay = sign(bytes.fromhex(keepers["relay"]), tag("relay receipt", *promise))
    copy = sign(bytes.fromhex(keepers["copyKeeper"]), tag("copy-keeper receipt", *promise))
    made["receipt"] = b"\1" + uint(1, 4) + post + order + relay + copy
    name = given["tieRound"].encode()
    made["tieCommitments"] = [
        digest("tie commitment", uint(i, 1), secret, name) for i, secret in enumerate(lists["tieSecrets"], 1)
    ]
    drawn = b"".join(lists["tieSecrets"])
    computed = {name: [one.hex() for one in value] if isinstance(value, list) else value.hex() for name, value in made.items()}
    computed["tieOrder"] = sorted(given["tieProjects"], key=lambda id: hashlib.sha256(drawn + id.encode()).digest())
    return computed


def is_hex(value):
    return isinstance(value, str) and len(value) % 2 == 0 and all(c in "0123456789abcdef" for c in value)


def is_hex_list(value):
    return isinstance(value, list) and all(is_hex(one) for one in value)


def judge_edges(edges):
    def usable(key):
        try:
            exchange(bytes([7] * 32), key)
            return True
        except Fault:
            return False

    return {
        "ed25519": [
            signed_by(*(bytes.fromhex(case[part]) for part in ("publicKey", "message", "signature")))
            for case in edges["ed25519"]
        ],
        "x25519": [usable(bytes.fromhex(case["publicKey"])) for case in edges["x25519"]],
    }


if __name__ == "__main__":
    command = {"open": open_evidence, "values": compute_values, "edges": judge_edges}[sys.argv[1]]
    with open(sys.argv[2], encoding="utf-8") as file:
        print(json.dumps(command(json.load(file))))
