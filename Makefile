.PHONY: migration
migration:
	@flock /tmp/newsarchive-migration.lock sh -c 'mv articles/migrations/0002_roles.py /tmp/0002_roles.keep; rm -f articles/migrations/0001_initial.py; .venv/bin/python manage.py makemigrations articles -n initial -v 0; mv /tmp/0002_roles.keep articles/migrations/0002_roles.py'
