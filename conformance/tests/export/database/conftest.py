"""Real database servers of this machine, started in temporary folders; tests skip where there are none."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

WAIT = 30
OWNERS = ("postgres", "mysql", "nobody")
PASSWORD = "not-a-real-one"  # noqa: S105 -- of a server that lives as long as the tests


def program(name, *folders):
    """The path of a server's program, wherever distributions put it."""
    found = shutil.which(name)
    if found:
        return found
    return next(
        (str(path) for folder in folders for path in sorted(Path("/").glob(f"{folder}/{name}"))), None
    )


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def private_home(owner):
    """A folder of a user who is not root (servers refuse that), and how to run programs as that user."""
    folder = Path(tempfile.mkdtemp(prefix="gj-"))
    as_owner = {}
    try:
        if os.name != "nt" and os.geteuid() == 0:
            shutil.chown(folder, owner, -1)
            as_owner = {"user": owner}
        yield folder, as_owner
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def until(ready):
    """Wait for a server; gives what `ready` gives."""
    end = time.monotonic() + WAIT
    while True:
        try:
            return ready()
        except Exception:  # whatever it is, the server is not there yet
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def owner_of(name):
    import pwd  # noqa: PLC0415 -- there is none on Windows

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(user for user in (name, *OWNERS) if user in known)


@pytest.fixture(scope="session")
def postgresql():
    """Port and superuser of a PostgreSQL server, with passwords required over TCP."""
    psycopg = pytest.importorskip("psycopg", reason="没有安装 psycopg")
    initdb = program("initdb", "usr/lib/postgresql/*/bin", "usr/local/pgsql/bin")
    server = program("postgres", "usr/lib/postgresql/*/bin", "usr/local/pgsql/bin")
    if not (initdb and server):
        pytest.skip("本机没有 PostgreSQL 服务器程序（apt-get install postgresql）")
    with private_home(owner_of("postgres")) as (home, as_owner):
        (home / "password").write_text(PASSWORD)
        (home / "password").chmod(0o644)
        data = home / "data"
        command = [initdb, "-D", data, "-U", "boss", "--pwfile", home / "password", "--no-sync"]
        command += ["-A", "scram-sha-256", "-E", "UTF8", "--locale", "C"]
        subprocess.run(command, check=True, capture_output=True, cwd=home, **as_owner)
        port = free_port()
        options = [
            "-c",
            "fsync=off",
            "-c",
            f"unix_socket_directories={home}",
            "-c",
            "listen_addresses=127.0.0.1",
        ]
        command = [server, "-D", data, "-p", str(port), *options]
        with (home / "log").open("wb") as log:
            running = subprocess.Popen(command, stdout=log, stderr=log, cwd=home, **as_owner)
        try:
            address = {"host": "127.0.0.1", "port": port, "user": "boss", "password": PASSWORD}
            until(lambda: psycopg.connect(dbname="postgres", **address)).close()
            yield address
        finally:
            running.terminate()
            running.wait(WAIT)


@pytest.fixture(scope="session")
def mysql():
    """Port and superuser of a MariaDB (or MySQL) server."""
    pymysql = pytest.importorskip("pymysql", reason="没有安装 PyMySQL")
    server = program("mariadbd", "usr/sbin") or program("mysqld", "usr/sbin")
    install = program("mariadb-install-db", "usr/bin") or program("mysql_install_db", "usr/bin")
    if not (server and install):
        pytest.skip("本机没有 MariaDB 服务器程序（apt-get install mariadb-server）")
    with private_home(owner_of("mysql")) as (home, as_owner):
        data = home / "data"
        command = [install, "--no-defaults", f"--datadir={data}", "--auth-root-authentication-method=normal"]
        subprocess.run(
            [*command, "--skip-test-db", "--innodb-flush-log-at-trx-commit=0"],
            check=True,
            capture_output=True,
            cwd=home,
            **as_owner,
        )
        (home / "init.sql").write_text(
            f"CREATE USER boss@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';\n"
            "GRANT ALL ON *.* TO boss@'127.0.0.1' WITH GRANT OPTION;\n"
        )
        (home / "init.sql").chmod(0o644)
        port = free_port()
        command = [server, "--no-defaults", f"--datadir={data}", f"--port={port}", "--bind-address=127.0.0.1"]
        command += [f"--socket={home}/s", f"--init-file={home}/init.sql", f"--pid-file={home}/pid"]
        command += ["--skip-name-resolve", "--innodb-buffer-pool-size=16M", "--character-set-server=utf8mb4"]
        with (home / "log").open("wb") as log:
            running = subprocess.Popen(command, stdout=log, stderr=log, cwd=home, **as_owner)
        try:
            address = {"host": "127.0.0.1", "port": port, "user": "boss", "password": PASSWORD}
            until(lambda: pymysql.connect(**address)).close()
            yield address
        finally:
            running.terminate()
            running.wait(WAIT)


@pytest.fixture(autouse=True)
def _nobody_at_the_terminal(monkeypatch):
    monkeypatch.setattr("guiju.export.database.password.ask", lambda _address: "")
    for name in ("postgresql", "mysql", "oracle"):
        monkeypatch.setattr(f"guiju.export.database.{name}.ask", lambda _address: "")
    monkeypatch.delenv("GUIJU_PASSWORD", raising=False)


@pytest.fixture
def fails():
    """Open an address that cannot be used; gives the error, which never says a password."""
    from guiju.errors import InputError  # noqa: PLC0415 -- the servers above need nothing of it
    from guiju.export import open_sources  # noqa: PLC0415 -- as above

    def failing(address, code, then=lambda sources: sources):
        with pytest.raises(InputError) as caught:
            then(open_sources([address]))
        error = caught.value
        assert error.code == code, error
        assert error.hint
        assert str(error.place)
        assert PASSWORD not in str(error)
        assert error.exit_code == 2
        return error

    return failing
