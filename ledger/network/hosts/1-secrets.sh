#!/bin/sh
# Step 1, in this organisation's folder, before its CA starts for the first time: draws the secret with which the first
# certificates are asked for and writes it, readable by the owner alone, into the CA's configuration.
set -eu
umask 077
# Fabric CA writes some of its keys for everybody to read.
chmod 700 ca
if [ -e ca/bootstrap.secret ]; then
  echo "There is a secret already: nothing to do"
  exit 0
fi
secret=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
for folder in ca ca/identities; do
  sed "s/@BOOTSTRAP_SECRET@/$secret/" "$folder/fabric-ca-server-config.yaml.template" \
    >"$folder/fabric-ca-server-config.yaml"
done
printf '%s' "$secret" >ca/bootstrap.secret
