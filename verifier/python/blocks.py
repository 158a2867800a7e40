"""Reads the blocks of a bundle and checks chain, signatures and endorsements: docs/sealed-ballots.md, "The evidence"."""

import hashlib
import json

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

MAGIC = b"COCITY-BUNDLE-1\n"
HEAD, BLOCK, HEADER, END = 1, 2, 3, 4
CONFIG, ENDORSER = 1, 3
SIGNATURES, CODES = 0, 2
ATTRIBUTES = x509.ObjectIdentifier("1.2.3.4.5.6.7.8.1")


LONGEST_FRAME = 256 * 1024 * 1024
# What reading bytes or JSON of another form than the protocol's comes to.
UNREADABLE = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError)
# What reading a certificate of another form comes to besides.
NO_CERTIFICATE = (*UNREADABLE, x509.InvalidVersion, x509.DuplicateExtension, UnsupportedAlgorithm)


class Cut(Exception):
    """The bundle ends too early."""


class NoBundle(Exception):
    """There is nothing to look at; the text says why."""


def sha256(data):
    return hashlib.sha256(data).digest()


# --- Protocol Buffers: numbers and byte strings by the number of their field


class Message:
    def __init__(self, data):
        self.fields, at = {}, 0
        while at < len(data):
            key, at = varint(data, at)
            kind = key & 7
            if kind == 0:
                value, at = varint(data, at)
            elif kind == 2:
                length, at = varint(data, at)
                value, at = taken(data, at, length)
            else:
                value, at = taken(data, at, {1: 8, 5: 4}[kind])
            self.fields.setdefault(key >> 3, []).append(value)

    def all(self, number):
        return self.fields.get(number, [])

    def bytes(self, number):
        return self.fields.get(number, [b""])[-1]

    def int(self, number):
        return self.fields.get(number, [0])[-1]

    def text(self, number):
        return self.bytes(number).decode()

    def one(self, *path):
        message = self
        for number in path:
            message = Message(message.bytes(number))
        return message

    def each(self, number):
        return [Message(value) for value in self.all(number)]


def taken(data, at, length):
    if at + length > len(data):
        raise ValueError("a field ends beyond its message")
    return data[at : at + length], at + length


def varint(data, at):
    value = shift = 0
    while True:
        if shift > 63:
            raise ValueError("a number that does not end")
        byte = data[at]
        value, at, shift = value | (byte & 127) << shift, at + 1, shift + 7
        if byte < 128:
            return value, at


# --- The bundle


def frames(file):
    if file.read(len(MAGIC)) != MAGIC:
        raise NoBundle("the file does not begin as a bundle does")
    before = None
    while True:
        head = file.read(5)
        if before == END and not head:
            return
        if len(head) < 5:
            raise Cut
        if before == END:
            raise NoBundle("bytes follow the bundle's end")
        kind, length = head[0], int.from_bytes(head[1:], "big")
        if kind not in (HEAD, BLOCK, HEADER, END) or length > LONGEST_FRAME or (before is None) != (kind == HEAD):
            raise NoBundle("a frame is none that bundles have there")
        data = file.read(length)
        if len(data) < length:
            raise Cut
        if kind == END and length != 40:
            raise NoBundle("the bundle's end cannot be read")
        yield kind, data
        before = kind


def round_of(file):
    """Municipality and round that a bundle says it is of."""
    try:
        head = json.loads(next(frames(file))[1].decode())
    except Cut:
        raise NoBundle("the bundle ends within its first frame") from None
    except UNREADABLE:
        head = None
    if not isinstance(head, dict) or not all(isinstance(head.get(name), str) for name in ("municipality", "round")):
        raise NoBundle("the bundle does not say which round it is of")
    return head["municipality"], head["round"]


def header_bytes(number, previous, data_hash):
    """DER of SEQUENCE { INTEGER, OCTET STRING, OCTET STRING }."""
    digits = number.to_bytes(number.bit_length() // 8 + 1, "big")
    content = der(2, digits) + der(4, previous) + der(4, data_hash)
    return der(0x30, content)


def der(tag, content):
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 128 | len(length)]) + length + content


# --- Certificates


class Member:
    def __init__(self, msp, certificate):
        self.msp, self.key = msp, certificate.public_key()
        self.units = {one.value for one in certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)}
        self.attributes = {}
        for extension in certificate.extensions:
            if extension.oid == ATTRIBUTES:
                self.attributes = json.loads(extension.value.value)["attrs"]

    def signed(self, message, signature):
        try:
            self.key.verify(signature, message, ec.ECDSA(SHA256()))
            return True
        except (InvalidSignature, ValueError):
            return False


class Members:
    def __init__(self, roots):
        self.roots, self.known = roots, {}

    def find(self, identity):
        """None for an identity of nobody: anybody may add one to a transaction, and it says nothing."""
        if identity not in self.known:
            try:
                self.known[identity] = self.read(Message(identity))
            except NO_CERTIFICATE:
                self.known[identity] = None
        return self.known[identity]

    def read(self, identity):
        msp = identity.text(1)
        try:
            certificate = x509.load_pem_x509_certificate(identity.bytes(2))
        except ValueError:
            return None
        for root in self.roots.get(msp, []):
            try:
                certificate.verify_directly_issued_by(root)
                return Member(msp, certificate)
            except (InvalidSignature, ValueError, TypeError):
                continue
        return None


def configuration(payload):
    """Roots by MSP, and the MSPs that order."""
    channel = Message(payload).one(2, 1, 2)
    groups = {entry.text(1): entry.one(2) for entry in channel.each(2)}
    roots, orderers = {}, set()
    for name in ("Application", "Orderer"):
        for entry in groups[name].each(2):
            values = {value.text(1): value.one(2) for value in entry.one(2).each(3)}
            msp = values["MSP"].one(2, 2)
            roots.setdefault(msp.text(1), [x509.load_pem_x509_certificate(pem) for pem in msp.all(2)])
            if name == "Orderer":
                orderers.add(msp.text(1))
    return roots, orderers


# --- Blocks


class Transaction:
    """A transaction of the contracts, with what its peers endorsed."""

    def __init__(self, envelope, members):
        outer = Message(envelope)
        payload = outer.bytes(1)
        message = Message(payload)
        channel_header, signature_header = message.one(1).bytes(1), message.one(1).bytes(2)
        self.type = Message(channel_header).int(1)
        self.payload = payload
        if self.type != ENDORSER:
            return
        self.id = Message(channel_header).text(5)
        creator, nonce = Message(signature_header).bytes(1), Message(signature_header).bytes(2)
        action = message.one(2, 1)
        inner = action.one(2)
        endorsed = inner.one(2)
        response = endorsed.bytes(1)
        result = Message(response).one(2)
        proposal = inner.bytes(1)
        arguments = Message(proposal).one(1, 1, 3).all(1)
        self.name, self.argument = arguments[0].decode(), arguments[1]
        self.chaincode = result.one(4).text(2)
        self.event = result.one(2).bytes(4)
        self.timestamp = Message(channel_header).one(3).int(1)
        self.sender = members.find(creator)
        self.is_sent = self.sender is not None and self.sender.signed(payload, outer.bytes(2))
        self.has_own_id = self.id == sha256(nonce + creator).hex()
        self.is_answer = Message(response).bytes(1) == sha256(channel_header + action.bytes(1) + proposal)
        self.endorsers = set()
        for endorsement in endorsed.each(2):
            endorser = endorsement.bytes(1)
            member = members.find(endorser)
            if member and "peer" in member.units and member.signed(response + endorser, endorsement.bytes(2)):
                self.endorsers.add(member.msp)
        self.reads, self.writes, self.private = [], [], []
        for space in result.one(1).each(2):
            sets = space.one(2)
            for read in sets.each(1):
                version = read.one(2) if read.all(2) else None
                self.reads.append((read.text(1), version and (version.int(1), version.int(2))))
            # Without a value where the key is deleted.
            self.writes += [(write.text(1), None if write.int(2) else write.bytes(3)) for write in sets.each(3)]
            for collection in space.each(3):
                for write in collection.one(2).each(2):
                    self.private.append((write.bytes(1), write.bytes(3), bool(write.int(4))))


def read_chain(file, say):
    """Yields (block, index, code, transaction); `say(item, holds, text)` is told of everything that is checked."""
    height, last, roots, orderers, members, end = 0, b"", None, set(), Members({}), None
    try:
        for kind, data in frames(file):
            if kind == HEAD:
                continue
            if kind == END:
                end = (int.from_bytes(data[:8], "big"), data[8:])
                continue
            try:
                message = Message(data)
                number = message.one(1).int(1)
                previous, data_hash = message.one(1).bytes(2), message.one(1).bytes(3)
                envelopes = message.one(2).all(1)
                metadata = message.one(3).all(1)
                codes = metadata[CODES] if kind == BLOCK else b""
                header = header_bytes(number, previous, data_hash)
            except UNREADABLE:
                say("chain", False, f"block {height} cannot be read")
                break
            say("chain", number == height and previous == last, f"block {height} does not follow")
            if kind == BLOCK:
                say("chain", sha256(b"".join(envelopes)) == data_hash, f"block {height}: other transactions")
                say("chain", len(codes) == len(envelopes), f"block {height}: codes")
            height, last = number + 1, sha256(header)
            if number == 0 and kind == BLOCK:
                try:
                    roots, orderers = configuration(Message(envelopes[0]).bytes(1))
                except UNREADABLE:
                    say("organisations", False, "the channel's configuration cannot be read")
                    break
                members = Members(roots)
                say("organisations", True, "")
            good = []
            try:
                signed = Message(metadata[SIGNATURES]) if metadata else Message(b"")
                for signature in signed.each(2):
                    member = members.find(Message(signature.bytes(1)).bytes(1))
                    right = member and member.msp in orderers and "orderer" in member.units
                    message = signed.bytes(1) + signature.bytes(1) + header
                    good.append(right and member.signed(message, signature.bytes(2)))
            except UNREADABLE:
                good.append(False)
            say("blockSignatures", bool(good) and all(good), f"block {number}")
            if kind == HEADER:
                continue
            for index, envelope in enumerate(envelopes):
                code = codes[index] if index < len(codes) else 254
                try:
                    transaction = Transaction(envelope, members)
                    again, _ = configuration(transaction.payload) if transaction.type == CONFIG else (roots, None)
                except UNREADABLE:
                    # A peer marks what it cannot read as not valid: then it says nothing.
                    readable = code != 0
                    say("transactions", readable, f"block {number}, transaction {index}: it cannot be read")
                    continue
                if transaction.type == CONFIG:
                    say("organisations", again == roots, f"block {number}: other roots")
                elif transaction.type == ENDORSER and transaction.chaincode == "cocity":
                    yield number, index, code, transaction
    except Cut:
        say("evidence", False, "the bundle is cut")
        return
    say("evidence", end == (height, last), "the bundle ends with another block than it names")
