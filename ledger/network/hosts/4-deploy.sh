#!/bin/sh
# Step 4, and at every new version. Each organisation, with the same VERSION, SEQUENCE and DIGEST:
#   4-deploy.sh install VERSION SEQUENCE DIGEST   makes and installs its own package; prints the chaincode's id
#   (starts its chaincode process with that id)
#   4-deploy.sh approve VERSION SEQUENCE DIGEST
# and when at least two have approved, any one of them, with the public folders of the others in others/NAME:
#   4-deploy.sh commit VERSION SEQUENCE DIGEST
# DIGEST is the SHA-256 of the code, as npm run fabric -- digest prints it: whoever approves has compared it.
set -eu
. ./organisation.env
. ./peer.env
step=$1 version=$2 sequence=$3 digest=$4
label="${CHAINCODE}_$version"
package="chaincode/packages/$label.tar.gz"
port=$((CHAINCODE_PORT + sequence % CHAINCODE_PORTS))

one_line() {
  while IFS= read -r line || [ -n "$line" ]; do
    printf '%s\\n' "$line"
  done <"$1"
}

make_package() {
  scratch=$(mktemp -d)
  printf '{"address":"%s:%s","dial_timeout":"5s","tls_required":true,"root_cert":"%s"}' \
    "$CHAINCODE_HOST" "$port" "$(one_line chaincode/tls/ca.crt)" >"$scratch/connection.json"
  printf '{"version":"%s","sha256":"%s"}' "$version" "$digest" >"$scratch/code.json"
  printf '{"type":"ccaas","label":"%s"}' "$label" >"$scratch/metadata.json"
  tar -czf "$scratch/code.tar.gz" -C "$scratch" connection.json code.json
  mkdir -p chaincode/packages
  tar -czf "$package" -C "$scratch" metadata.json code.tar.gz
  rm -r "$scratch"
}

definition() {
  collections=$(cat collections.json)
  set -- -C "$CHANNEL" -n "$CHAINCODE" -v "$version" --sequence "$sequence" --signature-policy "$POLICY"
  if [ "$collections" != "[]" ]; then set -- "$@" --collections-config "$PWD/collections.json"; fi
  peer lifecycle chaincode "$subcommand" "$@" -o "$ORDERER_HOST:$ORDERER_PORT" --tls \
    --cafile "$PWD/orderer/tls/ca.crt" $more
}

case $step in
install)
  [ -e "$package" ] || make_package
  peer lifecycle chaincode install "$PWD/$package"
  id=$(peer lifecycle chaincode calculatepackageid "$PWD/$package")
  touch .env
  grep -v "^CHAINCODE_ID_$((sequence % CHAINCODE_PORTS))=" .env >.env.new || true
  printf 'CHAINCODE_ID_%s=%s\n' "$((sequence % CHAINCODE_PORTS))" "$id" >>.env.new
  mv .env.new .env
  echo "$id"
  ;;
approve)
  more="--package-id $(peer lifecycle chaincode calculatepackageid "$PWD/$package")"
  subcommand=approveformyorg definition
  ;;
commit)
  more="--peerAddresses $PEER_HOST:$PEER_PORT --tlsRootCertFiles $PWD/peer/tls/ca.crt"
  for other in $OTHERS; do
    more="$more --peerAddresses ${other#*=} --tlsRootCertFiles $PWD/others/${other%%=*}/msp/tlscacerts/tlsca.pem"
  done
  subcommand=commit definition
  ;;
*)
  echo "install, approve or commit" >&2
  exit 2
  ;;
esac
