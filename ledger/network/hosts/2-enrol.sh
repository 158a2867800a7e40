#!/bin/sh
# Step 2, when the CA runs: asks it for the certificates of this organisation's nodes and administrator. Their keys are
# made here and never leave this folder. What the others need to know goes to public/.
set -eu
umask 077
. ./organisation.env

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export FABRIC_CA_CLIENT_HOME="$scratch"
bootstrap=$(cat ca/bootstrap.secret)
roots="$PWD/ca/ca-cert.pem"

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

# ask AUTHORITY ID SECRET FOLDER [OPTION…]: a certificate
ask() {
  authority=$1 id=$2 secret=$3 folder=$4
  shift 4
  fabric-ca-client enroll -u "https://$id:$secret@$CA_HOST:$CA_PORT" --caname "$authority" \
    --tls.certfiles "$roots" --mspdir "$folder" "$@"
}

# make AUTHORITY TYPE FOLDER [OPTION…]: registers somebody and asks for the certificate
make() {
  authority=$1 type=$2 folder=$3
  shift 3
  id="$type-$(random 8)" secret=$(random 24)
  fabric-ca-client register -u "https://$CA_HOST:$CA_PORT" --caname "$authority" --tls.certfiles "$roots" \
    --mspdir "$scratch/$authority" --id.name "$id" --id.secret "$secret" --id.type "$type" --id.maxenrollments 1
  ask "$authority" "$id" "$secret" "$folder" "$@"
}

# node TYPE FOLDER HOSTS: a node's identity and its TLS certificate
node() {
  if [ ! -e "$2/msp" ]; then
    make "$IDENTITY_CA" "$1" "$scratch/$1/msp"
    mkdir -p "$2/msp/cacerts" "$2/msp/tlscacerts"
    cp ca/identities/ca-cert.pem "$2/msp/cacerts/ca.pem"
    cp ca/ca-cert.pem "$2/msp/tlscacerts/tlsca.pem"
    cp msp-config.yaml "$2/msp/config.yaml"
    mv "$scratch/$1/msp/keystore" "$scratch/$1/msp/signcerts" "$2/msp/"
  fi
  tls "$1" "$2" "$3"
}

tls() {
  if [ -e "$2/tls" ]; then return; fi
  make "$TLS_CA" "$1" "$scratch/$1/tls" --enrollment.profile tls --csr.hosts "$3"
  mkdir -p "$2/tls"
  cp ca/ca-cert.pem "$2/tls/ca.crt"
  mv "$scratch/$1/tls/keystore/"*_sk "$2/tls/server.key"
  mv "$scratch/$1/tls/signcerts/cert.pem" "$2/tls/server.crt"
}

ask "$TLS_CA" bootstrap "$bootstrap" "$scratch/$TLS_CA"
ask "$IDENTITY_CA" bootstrap "$bootstrap" "$scratch/$IDENTITY_CA"
node peer peer "$PEER_HOST,$PEER_NAME"
node orderer orderer "$ORDERER_HOST"
node admin administrator localhost
tls client chaincode "$CHAINCODE_HOST"

if [ ! -e registrar.json ]; then
  id="application-$(random 4)" secret=$(random 24)
  fabric-ca-client register -u "https://$CA_HOST:$CA_PORT" --caname "$IDENTITY_CA" --tls.certfiles "$roots" \
    --mspdir "$scratch/$IDENTITY_CA" --id.name "$id" --id.secret "$secret" --id.type client --id.maxenrollments -1 \
    --id.attrs '"hf.Registrar.Roles=client","hf.Registrar.Attributes=cocity.*","hf.Revoker=true","hf.GenCRL=true"'
  printf '{"enrolmentId":"%s","secret":"%s"}' "$id" "$secret" >registrar.json
fi

umask 022
mkdir -p "public/msp/cacerts" "public/msp/tlscacerts"
cp ca/identities/ca-cert.pem public/msp/cacerts/ca.pem
cp ca/ca-cert.pem public/msp/tlscacerts/tlsca.pem
cp msp-config.yaml public/msp/config.yaml
cp orderer/tls/server.crt public/orderer.crt
cp orderer/msp/signcerts/cert.pem public/orderer-identity.crt
