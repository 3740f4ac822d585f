/// nnspec-bench WHAT [NAME...] [--threads N] [--rounds N]: one JSON line per figure. (--rows N: of data.)
var arguments = Arguments(CommandLine.arguments.dropFirst())
let threads = arguments.number("--threads", 2)
let rounds = arguments.number("--rounds", 5)
let rows = arguments.number("--rows", 0)
guard let what = arguments.words.first else {
    fail("say what: peak | steps | profile | inference | csv FILE... | columns FILE... | weights [WIDTH...] | sweep | cliffs | wake | shuffle | data")
}
let names = arguments.words.count > 1 ? Array(arguments.words.dropFirst()) : Workload.names

switch what {
case "peak": put("{\"threads\": \(threads), \"gflops\": \(fixed(Steps.peak(threads: threads, rounds: rounds) / 1e9, 1))}\n")
case "steps":
    for name in names {
        let workload = Workload.named(name)
        let seconds = Steps.secondsPerStep(workload, threads: threads, rounds: rounds)
        put(
            "{\"workload\": \"\(name)\", \"threads\": \(threads), \"us_per_step\": \(fixed(seconds * 1e6, 3)), "
                + "\"gflops\": \(fixed(Double(workload.operations) / seconds / 1e9, 2))}\n")
    }
case "profile":
    for name in names {
        put("\(name)\n")
        for part in Steps.profile(Workload.named(name), threads: threads, rounds: rounds) {
            put("  \(fixed(part.microseconds, 2)) us  \(part.op)  # \(part.name)\n")
        }
    }
case "inference":
    for name in names {
        let rate = Steps.rowsPerSecond(Workload.named(name), threads: threads, rounds: rounds)
        put("{\"workload\": \"\(name)\", \"threads\": \(threads), \"rows_per_second\": \(fixed(rate, 0))}\n")
    }
case "sweep":
    for size in 1...300 {
        let byWidth = Sweep.gflops(width: size, rows: 64, threads: threads, rounds: rounds)
        let byRows = Sweep.gflops(width: 64, rows: size, threads: threads, rounds: rounds)
        put("{\"size\": \(size), \"threads\": \(threads), \"by_width\": \(fixed(byWidth, 3)), \"by_rows\": \(fixed(byRows, 3))}\n")
    }
case "cliffs":
    for rows in [1, 8, 64, 512, 8192] {
        for width in [1, 16, 128, 512] {
            let gflops = Sweep.gflops(width: width, rows: rows, threads: threads, rounds: rounds)
            put("{\"rows\": \(rows), \"width\": \(width), \"threads\": \(threads), \"gflops\": \(fixed(gflops, 3))}\n")
        }
    }
case "wake": put("{\"threads\": \(threads), \"us_per_job\": \(fixed(Steps.secondsPerJob(threads: threads, rounds: rounds) * 1e6, 3))}\n")
case "shuffle": put("{\"rows\": 1000000, \"ms\": \(fixed(Steps.secondsPerShuffle(1_000_000, rounds: rounds) * 1e3, 2))}\n")
case "data":
    // Ten batches each, or so many rows.
    for name in names { MadeUpData.write(name, rows: rows > 0 ? rows : nil) }
case "csv":
    for path in arguments.words.dropFirst() {
        let (seconds, processorSeconds, byteCount) = CSVFiles.read(path, threads: threads, rounds: rounds)
        put(
            "{\"file\": \"\(path)\", \"threads\": \(threads), \"ms\": \(fixed(seconds * 1e3, 2)), "
                + "\"processor_ms\": \(fixed(processorSeconds * 1e3, 2)), \"mb_per_second\": \(fixed(Double(byteCount) / seconds / 1e6, 1))}\n")
    }
case "columns":
    for path in arguments.words.dropFirst() {
        let (seconds, processorSeconds, byteCount) = CSVFiles.columns(path, threads: threads, rounds: rounds)
        put(
            "{\"file\": \"\(path)\", \"threads\": \(threads), \"ms\": \(fixed(seconds * 1e3, 2)), "
                + "\"processor_ms\": \(fixed(processorSeconds * 1e3, 2)), \"mb_per_second\": \(fixed(Double(byteCount) / seconds / 1e6, 1))}\n")
    }
case "weights":
    // Widths such as 784 512 512 10; a file named behind --text gets the document, for peers to read.
    let file = arguments.text("--text")
    let widths = arguments.words.dropFirst().compactMap { Int($0) }
    let model = WeightsFiles.model(widths.count > 1 ? widths : [784, 512, 512, 10])
    let (seconds, reading, text) = WeightsFiles.measure(model, rounds: rounds)
    if let file { save(text, to: file) }
    put(
        "{\"bytes\": \(text.count), \"write_ms\": \(fixed(seconds * 1e3, 2)), \"write_mb_per_second\": "
            + "\(fixed(Double(text.count) / seconds / 1e6, 1)), \"read_ms\": \(fixed(reading * 1e3, 2)), \"read_mb_per_second\": "
            + "\(fixed(Double(text.count) / reading / 1e6, 1))}\n")
default: fail("unknown: \(what)")
}
