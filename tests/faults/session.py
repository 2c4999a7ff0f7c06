# SPDX-License-Identifier: MIT
"""What a shell does for a program at a terminal: session.py REPORT-FD COMMAND…

Leads the session, runs the command in a process group of its own, in the foreground, and reports a line
each: "pid N", "stopped", "ended STATUS" (negative: a signal).
"""
import fcntl
import os
import signal
import sys
import termios

report = int(sys.argv[1])
for name in ("SIGTTOU", "SIGTTIN", "SIGTSTP", "SIGINT", "SIGHUP"):
    signal.signal(getattr(signal, name), signal.SIG_IGN)
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
pid = os.fork()
if pid == 0:
    os.close(report)
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    for name in ("SIGTTOU", "SIGTTIN", "SIGTSTP", "SIGINT", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    try:
        os.execvp(sys.argv[2], sys.argv[2:])
    finally:
        os._exit(127)
os.write(report, f"pid {pid}\n".encode())
while True:
    _, status = os.waitpid(pid, os.WUNTRACED)
    if os.WIFSTOPPED(status):
        os.write(report, b"stopped\n")
    else:
        os.write(report, f"ended {os.waitstatus_to_exitcode(status)}\n".encode())
        break
