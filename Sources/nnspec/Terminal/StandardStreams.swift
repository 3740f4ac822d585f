import Diagnostics
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Where results go.
enum StandardOutput {
    /// Errors: E2913 when whoever reads has closed the pipe, E3711 when the system refuses.
    static func write(_ text: String, sink: DiagnosticSink) throws(Stopped) {
        if let number = Descriptor.write(text, to: 1) { throw sink.fail(failure(number)) }
    }

    /// Errors: as above.
    static func write(_ bytes: [UInt8], sink: DiagnosticSink) throws(Stopped) {
        if let number = bytes.withUnsafeBufferPointer({ Descriptor.write($0, to: 1) }) { throw sink.fail(failure(number)) }
    }

    private static func failure(_ number: Int32) -> Diagnostic {
        number == EPIPE ? .readerLeft : .brokenOutput(String(cString: strerror(number)))
    }
}

/// Where progress and diagnostics go. If nobody listens there is nobody to tell.
enum StandardError {
    static func write(_ text: String) { _ = Descriptor.write(text, to: 2) }

    static var isTerminal: Bool { isatty(2) == 1 && environment("TERM") != "dumb" }

    /// Colour only on a terminal that wants it (https://no-color.org).
    static var hasColor: Bool { isTerminal && (environment("NO_COLOR") ?? "").isEmpty }

    /// Columns of the terminal.
    static var width: Int {
        var size = winsize()
        return ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

private enum Descriptor {
    /// Writes all of a text; nil, or errno if the system refuses.
    static func write(_ text: String, to descriptor: Int32) -> Int32? {
        var text = text
        return text.withUTF8 { write($0, to: descriptor) }
    }

    static func write(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Int32? {
        var written = 0
        while written < bytes.count {
            #if canImport(Glibc)
            let count = Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
            #elseif canImport(Musl)
            let count = Musl.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
            #else
            let count = Darwin.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
            #endif
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            written += count
        }
        return nil
    }
}

extension Diagnostic {
    /// `nnspec predict ... | head -1`: nothing is wrong, and nothing is said; the exit status is that of any tool whose reader leaves.
    static let readerLeft = Diagnostic("E2913", "whoever reads the output has closed it")

    static func brokenOutput(_ words: String) -> Diagnostic {
        Diagnostic("E3711", "cannot write to standard output: \(words)", fix: "check where the output is sent to")
    }
}
