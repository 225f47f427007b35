# ruff: noqa: S603, T201  (runs only what stands here, and talks to the person who typed make)
"""Makes the virtual environment: ``venv.py FOLDER base [dev]``. Standard library only.

What was installed is remembered by a stamp named after the Python version and the requirements' contents, so
that a second run has nothing to do. Every obstacle ends in one sentence that says what to do.
"""

import glob
import hashlib
import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OLDEST = (3, 11)


def main(folder, *names):
    started = time.monotonic()
    require_python()
    files = [os.path.join(ROOT, "requirements", name + ".txt") for name in names]
    python = os.path.join(folder, "bin", "python")
    if is_installed(folder, files):
        return
    require_venv()
    if not has_this_python(folder, python):
        say(f"Making {folder} with Python {sys.version.split()[0]}")
        shutil.rmtree(folder, ignore_errors=True)
        run([sys.executable, "-m", "venv", folder], "The virtual environment could not be made in " + folder)
    for path in files:
        if not is_installed(folder, [path]):
            forget(folder, path)
            install(python, path)
            open(stamp(folder, path), "w").close()
    say(f"Ready after {time.monotonic() - started:.0f} s.")


def require_python():
    if sys.version_info < OLDEST:
        found = sys.version.split()[0]
        sys.exit(f"Python 3.11 or newer is needed and this is {found}: name one, such as PYTHON=python3.12.")


def require_venv():
    try:
        import ensurepip
        import venv
    except ImportError:
        sys.exit("Python's venv module is missing: install it (Debian, Ubuntu: apt install python3-venv).")
    del ensurepip, venv


def has_this_python(folder, python):
    """Whether the folder holds an environment that works and was made by this Python version."""
    show = "import sys; print(*sys.version_info[:3])"
    try:
        found = subprocess.run([python, "-c", show], capture_output=True, text=True).stdout.split()
    except OSError:
        return False
    return found == [str(n) for n in sys.version_info[:3]]


def install(python, path):
    """Runs pip, and says how many of the file's packages it has reached."""
    with open(path, encoding="utf-8") as lines:
        total = sum("==" in line and not line.startswith((" ", "#")) for line in lines)
    shown = os.path.relpath(path, ROOT)
    say(f"Installing {total} packages from {shown}")
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes"]
    with subprocess.Popen([*pip, "-r", path], stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        reached = 0
        for line in process.stdout:
            if line.startswith(("Collecting", "Requirement already", "Ignoring")):
                reached += 1
                progress(reached, total)
            elif line.startswith("Installing collected"):
                say("  unpacking them")
    if process.returncode:
        sys.exit(f"pip could not install {shown} (its reason stands above): check the connection and repeat.")


def progress(reached, total):
    if reached % 20 == 0 or reached == total:
        say(f"  {reached} of {total}")


def forget(folder, path):
    """Removes the stamps of other contents, which are not what is installed any more."""
    for old in glob.glob(os.path.join(glob.escape(folder), f".stamp-{name_of(path)}-*")):
        os.remove(old)


def is_installed(folder, files):
    return all(os.path.exists(stamp(folder, path)) for path in files)


def stamp(folder, path):
    with open(path, "rb") as file:
        mark = hashlib.sha256(sys.version.encode() + file.read()).hexdigest()[:12]
    return os.path.join(folder, f".stamp-{name_of(path)}-{mark}")


def name_of(path):
    return os.path.basename(path)[: -len(".txt")]


def run(command, sentence):
    if subprocess.run(command, stdout=subprocess.DEVNULL).returncode:
        sys.exit(sentence + " (the reason stands above).")


def say(line):
    print(line, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
