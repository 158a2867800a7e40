#!/bin/sh
# sh deploy/make-environment.sh FOLDER [DATABASE_HOST [LEDGER_FOLDER [DATA_FOLDER]]]
#
# Writes the environment of each process of the application, with new secrets: those it uses and no other's. The
# defaults are compose.yaml's; for deploy/systemd: sh deploy/make-environment.sh /etc/cocity 127.0.0.1 /etc/cocity-ledger
# /var/lib/cocity. What is written once is never overwritten: a lost key makes what it encrypts unreadable.
set -eu
folder=${1:?usage: sh deploy/make-environment.sh FOLDER [DATABASE_HOST [LEDGER_FOLDER [DATA_FOLDER]]]}
database_host=${2:-database}
ledger_folder=${3:-/ledger}
data_folder=${4:-/data}

[ ! -e "$folder/site.env" ] || { echo "$folder/site.env is there already" >&2; exit 1; }
umask 077
mkdir -p "$folder"

random() { od -An -tx1 -N32 /dev/urandom | tr -d ' \n'; }

password=$(random)
key_encryption_key=$(random)
printf '%s\n' "$password" >"$folder/database-password"

database() {
  echo "DATABASE_URL=postgresql://cocity:$password@$database_host/cocity"
  echo "DATABASE_KIND=postgresql"
}
ledger() {
  echo "LEDGER_CONNECTION=$ledger_folder/connection.json"
  echo "KEY_ENCRYPTION_KEY=$key_encryption_key"
}
# To be filled in: what a browser's address bar shows.
address() {
  echo "ORIGIN=https://cocity.example.org"
}

database >"$folder/migrate.env"
{
  database
  ledger
  address
  echo "# To be filled in, or taken out where no mail is sent: the mail server. MAIL_FROM goes to site.env too."
  echo "#SMTP_URL=smtps://USER:PASSWORD@mail.example.org"
  echo "#MAIL_FROM=Co-City <cocity@example.org>"
} >"$folder/worker.env"
{ database; ledger; address; echo "COCITY_DATA=$data_folder"; } >"$folder/housekeeping.env"
{
  database
  ledger
  address
  echo "COCITY_DATA=$data_folder"
  echo "NEXTAUTH_SECRET=$(random)"
  echo "FISCAL_NUMBER_KEY=$(random)"
  echo "# To be filled in: the identity provider, and what it gave this site."
  echo "OIDC_ISSUER=https://id.example.org"
  echo "OIDC_CLIENT_ID=cocity"
  echo "OIDC_CLIENT_SECRET=$(random)"
} >"$folder/site.env"
echo "$folder: fill in ORIGIN and the identity provider (OIDC_…) in site.env, ORIGIN in housekeeping.env and worker.env"
