#!/bin/sh
# What an instance starts, in the place of the image's own start script: the runner of the first slot. So it is there as soon as the
# container is, and not one `apptainer exec` later. Ends at once: the end of a start script that lives on would be the instance's.
# Needs nothing of the image but this shell.
cd / || exit
if command -v setsid >/dev/null; then own_session=setsid; else own_session=; fi
$own_session /bin/sh /slots/0/runner.sh /slots/0 >/dev/null 2>&1 &
