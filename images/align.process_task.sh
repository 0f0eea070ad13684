#!/usr/bin/env bash
# Aligns the reads of the task file (FASTQ, or FASTQ with gzip) to the genome staging/genome.fa in four stages: index, align, sort, statistics.
# Belongs to align.def; drop it as utils/process_task.sh.
set -euo pipefail

readonly genome=/staging/genome.fa
name=${1##*/}
name=${name%.gz}
name=${name%.*}
if ! [[ -s $1 ]]; then
    printf 'The task file "%s" is empty; it must hold reads as FASTQ.\n' "${1##*/}" >&2
    exit 64
fi
if ! [[ -s $genome ]]; then
    printf 'There is no genome to align to: put it into the bucket as staging/genome.fa.\n' >&2
    exit 66
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cores=$(nproc)

stage() { printf '%(%T)T %s\n' -1 "$1"; }
stage index
cp "$genome" "$work/genome.fa"
bwa index "$work/genome.fa" 2>/dev/null
stage align
bwa mem -v 1 -t "$cores" "$work/genome.fa" "$1" >"$work/aligned.sam"
stage sort
samtools sort --threads "$((cores - 1))" -o "$2/$name.bam" "$work/aligned.sam"
samtools index "$2/$name.bam"
stage statistics
samtools flagstat "$2/$name.bam" | tee "$2/$name.flagstat"
samtools stats "$2/$name.bam" >"$2/$name.stats"
stage end
