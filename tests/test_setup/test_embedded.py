import os
import signal
from pathlib import Path

import psutil
import psycopg
import pytest

from core.embedded import EmbeddedPostgres, ServerError


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A durable cluster in a folder with a difficult name."""
    server = EmbeddedPostgres(tmp_path_factory.mktemp("a b'c$") / "postgres")
    server.start()
    yield server
    server.destroy()


@pytest.fixture(autouse=True)
def running(server: EmbeddedPostgres):
    server.start()


def execute(server: EmbeddedPostgres, statement: str):
    with psycopg.connect(server.url(), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else None


def end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=5)


def test_it_listens_on_a_socket_that_is_nobody_elses(server):
    assert execute(server, "SHOW listen_addresses") == [("",)]
    assert server.socket_dir.stat().st_mode & 0o077 == 0


def test_it_never_runs_as_root(server):
    assert psutil.Process(server.pid).uids().real != 0


def test_it_sorts_the_same_on_every_machine(server):
    query = (
        "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'postgres'"
    )
    assert execute(server, query) == [("b", "C.UTF-8", "UTF8")]


def test_a_running_server_is_used_as_it_is(server):
    pid = server.pid
    again = EmbeddedPostgres(server.data_dir)
    assert again.start() is False
    assert again.pid == pid


def test_stop_and_start_keep_the_data(server):
    execute(server, "CREATE TABLE kept AS SELECT 7 AS number")
    server.stop()
    assert not server.running
    assert server.start() is True
    assert execute(server, "SELECT number FROM kept") == [(7,)]


def test_after_a_kill_it_comes_up_with_what_was_committed(server):
    execute(server, "CREATE TABLE IF NOT EXISTS survivors (number int); INSERT INTO survivors VALUES (1)")
    before = execute(server, "SELECT count(*) FROM survivors")
    end(server.pid)
    assert server.start() is True
    assert execute(server, "SELECT count(*) FROM survivors") == before


def test_a_stale_lock_file_with_somebody_elses_pid_is_no_running_server(server):
    lock_file = server.data / "postmaster.pid"
    lines = lock_file.read_text().splitlines()
    end(server.pid)
    lock_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert not server.running
    assert server.start() is True


def test_a_damaged_lock_file_does_not_keep_it_down(server):
    server.stop()
    (server.data / "postmaster.pid").write_text("")
    assert server.start() is True


def test_a_killed_initdb_leaves_no_half_cluster(server, tmp_path):
    other = EmbeddedPostgres(tmp_path / "postgres", durable=False)
    try:
        other._make_home()
        half = other.home / "data.new"
        half.mkdir()
        (half / "PG_VERSION").write_text("18\n")
        assert other.start() is True
        assert execute(other, "SELECT 1") == [(1,)]
        assert not half.exists()
    finally:
        other.destroy()


def test_a_long_path_gets_a_short_socket(tmp_path, monkeypatch):
    monkeypatch.setattr("core.embedded.SYSTEM_DIR", tmp_path / ("x" * 100))
    other = EmbeddedPostgres(tmp_path / ("x" * 100) / "postgres")
    assert len(str(other.socket_dir)) < 80
    assert other.socket_dir == EmbeddedPostgres(other.data_dir).socket_dir


def test_data_of_another_version_is_refused(server):
    server.stop()
    version = server.data / "PG_VERSION"
    try:
        version.write_text("12\n")
        with pytest.raises(ServerError, match="PostgreSQL 12, the programs are of 18"):
            server.start()
    finally:
        version.write_text("18\n")


def test_destroy_leaves_nothing(tmp_path):
    other = EmbeddedPostgres(tmp_path / "postgres", durable=False)
    other.start()
    process = psutil.Process(other.pid)
    other.destroy()
    assert psutil.wait_procs([process], timeout=5)[1] == []
    assert not other.home.exists()
    assert not other.data_dir.is_symlink()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's data lies elsewhere")
def test_roots_data_goes_with_the_link_to_it(tmp_path):
    other = EmbeddedPostgres(tmp_path / "var" / "postgres", durable=False)
    try:
        other.start()
        execute(other, "CREATE TABLE forgotten ()")
        pid = other.pid
        other.data_dir.unlink()
        assert other.start() is True
        assert other.pid != pid
        assert execute(other, "SELECT to_regclass('forgotten')") == [(None,)]
    finally:
        other.destroy()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's data lies elsewhere")
def test_a_copied_folder_shares_no_data(server, tmp_path):
    copy = EmbeddedPostgres(tmp_path / "postgres", durable=False)
    copy.data_dir.symlink_to(server.home)
    try:
        copy.start()
        assert copy.pid != server.pid
        assert copy.data_dir.resolve() == copy.home
    finally:
        copy.destroy()
    assert server.running


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a folder of another user")
def test_a_folder_of_another_user_is_refused(tmp_path):
    folder = tmp_path / "postgres"
    folder.mkdir()
    with pytest.raises(ServerError, match="user who is not root"):
        EmbeddedPostgres(folder).start()
    assert list(Path(folder).iterdir()) == []
