import Datasets
import Diagnostics
import NNSpecKit
import SpecLanguage
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Reading a CSV file: from its bytes on the disk (or in the system's cache) to the encoded matrix of a training.
enum CSVFiles {
    /// Seconds of `DataPreparation.prepare`, the last column being the target, and the bytes of the file.
    static func read(_ path: String, threads: Int, rounds: Int) -> (seconds: Double, processorSeconds: Double, byteCount: Int) {
        let spec = spec(path, threads: threads)
        let (seconds, processorSeconds) = shortest(of: rounds) {
            let sink = DiagnosticSink()
            guard (try? DataPreparation.prepare(spec, sink: sink)) != nil else { fail(words(sink)) }
        }
        return (seconds, processorSeconds, size(path))
    }

    private static func size(_ path: String) -> Int {
        var status = stat()
        stat(path, &status)
        return Int(status.st_size)
    }

    /// Seconds from the path to columns of 64-bit numbers (or of codes, where they hold texts): what other readers call reading a CSV file.
    static func columns(_ path: String, threads: Int, rounds: Int) -> (seconds: Double, processorSeconds: Double, byteCount: Int) {
        let (seconds, processorSeconds) = shortest(of: rounds) {
            let sink = DiagnosticSink()
            guard let file = try? DataFile.open(path, at: nil, threads: threads, sink: sink),
                let source = try? CSVSource(file, options: CSVOptions(), at: nil, sink: sink)
            else { fail(words(sink)) }
            let requests = source.columns.enumerated().map { ColumnRequest(index: $0, name: $1, mode: .auto, missingValues: ["", "NA"]) }
            guard (try? source.read(requests, threads: threads, at: nil, sink: sink)) != nil else { fail(words(sink)) }
        }
        return (seconds, processorSeconds, size(path))
    }

    private static func words(_ sink: DiagnosticSink) -> String { sink.diagnostics.map(\.message).joined(separator: "; ") }

    /// The smallest spec for a file, which has to be one itself.
    private static func spec(_ path: String, threads: Int) -> Spec {
        let sink = DiagnosticSink()
        guard let file = try? DataFile.open(path, at: nil, sink: sink), let source = try? CSVSource(file, options: CSVOptions(), at: nil, sink: sink),
            let target = source.columns.last
        else { fail(words(sink)) }
        var full = [CChar](repeating: 0, count: Int(PATH_MAX))
        guard realpath(path, &full) != nil else { fail("no such file: \(path)") }
        let name = String(decoding: full.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let text = """
            nnspec: 1
            data: {path: "\(name)", target: "\(target)", split: none}
            model: {layers: [auto]}
            training: {threads: \(threads)}

            """
        var template = Array("/tmp/nnspec-bench-\(String(repeating: "X", count: 6)).yaml".utf8CString)
        let descriptor = mkstemps(&template, 5)
        guard descriptor >= 0 else { fail("no place for a spec") }
        put(text, to: descriptor)
        close(descriptor)
        let place = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { unlink(place) }
        guard let project = try? Project.load(path: place, sink: sink) else { fail(words(sink)) }
        return project.spec
    }
}
