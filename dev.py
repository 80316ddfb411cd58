#!/usr/bin/env python3
"""From a fresh clone to a running product, with nothing but Python 3.8 or newer and its standard library.

    python3 dev.py demo [--port 8000]   run the product with demo data
    python3 dev.py test [arguments]     run the tests (arguments are pytest's)
    python3 dev.py lint                 check style, types and imports
    python3 dev.py bench [arguments]    measure the product
    python3 dev.py setup                make or repair .venv, nothing else
    python3 dev.py COMMAND              any command of manage.py, such as shell or migrate

Each of them first makes .venv with the packages of requirements.lock, if it is missing, broken or out of date.
CRM_PYTHON names the Python (3.12 or newer) to make it with.
"""

import contextlib
import glob
import hashlib
import os
import shutil
import subprocess
import sys

WINDOWS = os.name == "nt"
ROOT = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(ROOT, ".venv")
#: where a uv of our own lives, with the Python that it provides
UV_HOME = os.path.join(ROOT, ".uv")
REQUIREMENTS = os.path.join(ROOT, "requirements.lock")
#: written when .venv is complete: its place, and the requirements that are in it
STAMP = os.path.join(VENV, "complete")
OLDEST = (3, 12)
NAMES = ("python3.13", "python3.14", "python3.12", "python3", "python")

#: mypy's plugin loads the settings, which want these; nothing connects to the address
LINT_ENVIRONMENT = {
    "DATABASE_URL": "postgresql://crm_app@/rapport?host=/nowhere",
    "SECRET_KEY": "lint",
    "WORKING_COPY": "1",
}


def main():
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(__doc__)
        return
    command, rest = arguments[0], arguments[1:]
    os.chdir(ROOT)
    setup()
    if command == "setup":
        return
    if command == "lint":
        sys.exit(lint())
    modules = {"test": ["-m", "pytest"], "bench": ["-m", "bench"]}
    hand_over([program("python"), *modules.get(command, ["manage.py", command]), *rest])


def program(name, home=VENV):
    """The path of a program in a virtual environment."""
    folder = "Scripts" if WINDOWS else "bin"
    return os.path.join(home, folder, name + (".exe" if WINDOWS else ""))


def hand_over(command):
    """Become that command: signals and exit status are its own from here on."""
    sys.stdout.flush()
    if WINDOWS:
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def lint():
    """Run every check, whatever the ones before it said; the number of those that failed."""
    templates = sorted(glob.glob("templates/**/*.html", recursive=True))
    checks = [
        [program("ruff"), "check"],
        [program("ruff"), "format", "--check"],
        [program("djade"), "--check", "--target-version", "6.1", *templates],
        [program("lint-imports")],
        [program("python"), "-m", "mypy"],
    ]
    failed = 0
    for check in checks:
        name = " ".join(os.path.basename(part) for part in check[:3])
        print("--- " + name, flush=True)
        failed += subprocess.call(check, env=dict(os.environ, **LINT_ENVIRONMENT)) != 0
    print(f"{failed} checks failed" if failed else "All checks passed")
    return failed


# --- the virtual environment -----------------------------------------------------------------------------------------


def setup():
    """Make .venv complete. Does nothing, in a blink, when it is."""
    if is_complete():
        return
    with one_at_a_time():
        if is_complete():
            return
        if os.path.lexists(VENV) and not is_usable():
            say("The folder .venv is broken or half-made: building it anew.")
            remove(VENV)
        if not os.path.exists(VENV):
            make_venv()
        # Without the stamp an installation that is killed in the middle is taken for what it is.
        if os.path.exists(STAMP):
            os.remove(STAMP)
        install()
        with open(STAMP, "w", encoding="utf-8") as stamp:
            stamp.write("\n".join(wanted()))
        say("The environment is complete.")


def wanted():
    """What the stamp of a complete .venv says. Its place counts too: programs in it name their own path."""
    with open(REQUIREMENTS, "rb") as lock:
        return [VENV, hashlib.sha256(lock.read()).hexdigest()]


def stamped():
    try:
        with open(STAMP, encoding="utf-8") as stamp:
            return stamp.read().split("\n")
    except OSError:
        return []


def is_complete():
    return stamped() == wanted() and version([program("python")]) >= OLDEST


def is_usable():
    """Whether packages may be brought up to date in place: it was complete once, here, and its Python still runs."""
    return stamped()[:1] == [VENV] and version([program("python")]) >= OLDEST


def make_venv():
    python = find_python()
    if python:
        say(f"Making .venv with Python {dotted(version(python))} ({python[0]})")
        if run([*python, "-m", "venv", VENV]):
            return
        # Debian leaves out what venv needs; uv does not need it.
        remove(VENV)
    else:
        say(f"No Python {dotted(OLDEST)} or newer here: asking uv for one.")
    uv = find_uv() or install_uv()
    request = executable(python) if python else wanted_python()
    if not uv or not run([uv, "venv", "--python", request, VENV]):
        remove(VENV)
        sys.exit(
            f"\nRapport needs Python {dotted(OLDEST)} or newer with its venv module, and could not get it by itself.\n"
            "Install it (Debian 13, Ubuntu 24.04: apt install python3 python3-venv; macOS: brew install python),\n"
            "or install uv (https://docs.astral.sh/uv/), or name a Python: CRM_PYTHON=/path/to/python3 python3 dev.py"
        )


def install():
    say("Installing the packages of requirements.lock …")
    python, uv = program("python"), find_uv()
    with_uv = [uv, "pip", "sync", "--python", python, "--require-hashes", REQUIREMENTS]
    with_pip = [python, "-m", "pip", "install", "--require-hashes", "-r", REQUIREMENTS]
    done = (uv and run(with_uv)) or run(with_pip)
    if not done:
        sys.exit("\nThe packages could not be installed, see above. The same command begins again.")


def find_python():
    """The command of a Python that is new enough, or None."""
    named = os.environ.get("CRM_PYTHON")
    if named:
        if version([named]) < OLDEST:
            sys.exit(f"CRM_PYTHON={named} is no Python {dotted(OLDEST)} or newer.")
        return [named]
    versions = os.path.join(os.path.expanduser(os.environ.get("PYENV_ROOT") or "~/.pyenv"), "versions")
    candidates = [[sys.executable]]
    candidates += [[name] for name in NAMES]
    candidates += [["py", "-3.13"], ["py", "-3"]] if WINDOWS else []
    candidates += [[path] for path in sorted(glob.glob(os.path.join(versions, "*", "bin", "python3")), reverse=True)]
    return next((command for command in candidates if version(command) >= OLDEST), None)


def version(python):
    """The version of a Python as two numbers; (0, 0) when it does not run."""
    try:
        script = "import sys; print(*sys.version_info[:2])"
        output = subprocess.check_output([*python, "-c", script], stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        return tuple(int(number) for number in output.split())
    except (OSError, subprocess.CalledProcessError, ValueError):
        return (0, 0)


def dotted(numbers):
    return ".".join(str(number) for number in numbers)


def executable(python):
    """The path behind a command such as `python3` or `py -3.13`."""
    return subprocess.check_output([*python, "-c", "import sys; print(sys.executable)"], text=True).strip()


def wanted_python():
    with open(os.path.join(ROOT, ".python-version"), encoding="utf-8") as file:
        return file.read().strip()


def find_uv():
    own = [program("uv", UV_HOME), os.path.join(UV_HOME, "packages", "bin", "uv")]
    return shutil.which("uv") or next((path for path in own if os.path.exists(path)), None)


def install_uv():
    """Get uv into a folder beside .venv, with whatever this Python has for that; its path, or None."""
    say("Installing uv into .uv …")
    remove(UV_HOME)
    pip = ["-m", "pip", "install", "--disable-pip-version-check", "uv"]
    in_venv = run([sys.executable, "-m", "venv", UV_HOME]) and run([program("python", UV_HOME), *pip])
    if not in_venv:
        remove(UV_HOME)
        run([sys.executable, *pip, "--target", os.path.join(UV_HOME, "packages")])
    return find_uv()


# --- small things ----------------------------------------------------------------------------------------------------


def say(line):
    print(line, flush=True)


def run(command):
    """Run it with its output on the terminal; whether it succeeded."""
    environment = dict(os.environ, PIP_USER="0", UV_PYTHON_INSTALL_DIR=os.path.join(UV_HOME, "python"))
    # A company's own certificates are in the system's store; the first name is of newer versions of uv.
    environment.setdefault("UV_SYSTEM_CERTS", "true")
    environment.setdefault("UV_NATIVE_TLS", "true")
    try:
        return subprocess.call(command, env=environment) == 0
    except OSError as error:
        say(f"{command[0]}: {error}")
        return False


def remove(path):
    if os.path.islink(path) or os.path.isfile(path):
        os.remove(path)
    elif os.path.exists(path):
        shutil.rmtree(path)


@contextlib.contextmanager
def one_at_a_time():
    """Let a second dev.py wait until the first has made .venv. The kernel drops the lock when its holder dies."""
    if WINDOWS:
        yield
        return
    import fcntl

    with open(VENV + ".lock", "w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    main()
