#!/bin/sh
# sh deploy/make-part-environment.sh FOLDER comune|case|garanti [LEDGER_FOLDER [DATA_FOLDER]]
#
# Writes the environment of each part of sealed rounds that an organisation runs, with new secrets: of its issuer, of its
# relay (comune), copy-keeper (case) or opener (garanti), and of its page for checking ballots. For deploy/systemd:
# sh deploy/make-part-environment.sh /etc/cocity ORGANISATION /etc/cocity-ledger /var/lib. What is written once is never
# overwritten: under the secrets are keys of rounds.
set -eu
usage='usage: sh deploy/make-part-environment.sh FOLDER comune|case|garanti [LEDGER_FOLDER [DATA_FOLDER]]'
folder=${1:?$usage}
organisation=${2:?$usage}
ledger_folder=${3:-/etc/cocity-ledger}
data_folder=${4:-/var/lib}
case $organisation in
  comune) service=relay ;;
  case) service=copy-keeper ;;
  garanti) service=opener ;;
  *) echo "$usage" >&2; exit 2 ;;
esac

[ ! -e "$folder/issuer.env" ] || { echo "$folder/issuer.env is there already" >&2; exit 1; }
umask 077
mkdir -p "$folder"

random() { od -An -tx1 -N32 /dev/urandom | tr -d ' \n'; }

{
  echo "ORGANISATION=$organisation"
  echo "COCITY_DATA=$data_folder/cocity-issuer"
  echo "LEDGER_CONNECTION=$ledger_folder/connection.json"
  echo "SEALED_ISSUER_SECRET=$(random)"
  echo "SEALED_ISSUER_LISTEN=127.0.0.1:3201"
  echo "# To be filled in: the site's, where browsers find this issuer, and whose pages send people there to sign in."
  echo "#FISCAL_NUMBER_KEY="
  echo "OIDC_ISSUER=https://id.example.org"
  echo "ORIGIN=https://cocity.example.org"
  echo "SEALED_ISSUER_ADDRESS=https://issuer.$organisation.example.org"
  echo "SEALED_ORIGINS=https://cocity.example.org"
  echo "# To be filled in: the organisation's mail server."
  echo "#SEALED_ISSUER_SMTP_URL=smtps://USER:PASSWORD@mail.example.org"
  echo "#SEALED_ISSUER_MAIL_FROM=Co-City <cocity@example.org>"
  if [ "$organisation" = garanti ]; then
    echo "# To be filled in: of the client voting-credential at the identity provider."
    echo "#VOTING_CLIENT_SECRET="
  fi
  echo "# To be filled in where the keys are in a PKCS#11 token."
  echo "#SEALED_ISSUER_PKCS11_MODULE=/usr/lib/softhsm/libsofthsm2.so"
  echo "#SEALED_ISSUER_PKCS11_TOKEN=issuer"
  echo "#SEALED_ISSUER_PKCS11_PIN="
} >"$folder/issuer.env"
{
  echo "COCITY_DATA=$data_folder/cocity-$service"
  echo "LEDGER_CONNECTION=$ledger_folder/connection.json"
  echo "SEALED_SERVICE_SECRET=$(random)"
  echo "SEALED_SERVICE_LISTEN=127.0.0.1:3202"
  if [ "$service" = relay ]; then
    echo "# To be filled in: where the two others are."
    echo "SEALED_COPY_KEEPER=https://copy-keeper.case.example.org"
    echo "SEALED_OPENER=https://opener.garanti.example.org"
  fi
} >"$folder/$service.env"
{
  echo "# To be filled in. PROGRAMS names programs of voters' devices of earlier versions: --program FILE --program FILE"
  echo "SITE=https://cocity.example.org"
  echo "LISTEN=127.0.0.1:3203"
  echo "PROGRAMS="
} >"$folder/check-page.env"
echo "$folder: fill in what issuer.env, $service.env and check-page.env say"
