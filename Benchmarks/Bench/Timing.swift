#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Wall-clock time, in seconds from a fixed moment.
var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Seconds of one `body`, the best of `rounds` stretches of about `seconds` each.
func best(of rounds: Int, seconds: Double = 0.3, _ body: () -> Void) -> Double {
    body()
    var best = Double.infinity
    for _ in 0..<rounds {
        let start = now
        var count = 0
        var end = start
        repeat {
            body()
            count += 1
            end = now
        } while end - start < seconds
        best = min(best, (end - start) / Double(count))
    }
    return best
}

/// Seconds of the shortest of so many calls, and of the processor time, all threads together, of the one that took least of it.
func shortest(of rounds: Int, _ body: () -> Void) -> (seconds: Double, processorSeconds: Double) {
    var result = (seconds: Double.infinity, processorSeconds: Double.infinity)
    for _ in 0..<rounds {
        let (start, processorStart) = (now, processorSeconds)
        body()
        result = (min(result.seconds, now - start), min(result.processorSeconds, processorSeconds - processorStart))
    }
    return result
}

private var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Says what is wrong and stops.
func fail(_ message: String) -> Never {
    put("nnspec-bench: \(message)\n", to: 2)
    exit(1)
}

/// A number with so many digits after the point.
func fixed(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let text = "\(Int((value.magnitude * scale).rounded()))"
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    let sign = value < 0 ? "-" : ""
    return digits == 0 ? sign + padded : sign + padded.dropLast(digits) + "." + padded.suffix(digits)
}

/// Writes a text at once, unbuffered, so that a reader sees each figure when it is made.
func put(_ text: String, to descriptor: Int32 = 1) {
    var text = text
    text.withUTF8 { bytes in
        var offset = 0
        while offset < bytes.count {
            let count = write(descriptor, bytes.baseAddress! + offset, bytes.count - offset)
            if count <= 0 { exit(1) }
            offset += count
        }
    }
}

/// Writes a file anew.
func save(_ bytes: [UInt8], to path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
    guard descriptor >= 0 else { fail("cannot write \(path)") }
    put(String(decoding: bytes, as: UTF8.self), to: descriptor)
    close(descriptor)
}
