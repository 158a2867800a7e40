#!/bin/sh
# Step 3, when orderer and peer run and genesis.block, whose SHA-256 all organisations have compared, is in this folder.
set -eu
. ./organisation.env
. ./peer.env

osnadmin channel join --channelID "$CHANNEL" --config-block genesis.block -o "$ORDERER_HOST:$ORDERER_ADMIN_PORT" \
  --ca-file administrator/tls/ca.crt --client-cert administrator/tls/server.crt \
  --client-key administrator/tls/server.key
peer channel join -b "$PWD/genesis.block"
