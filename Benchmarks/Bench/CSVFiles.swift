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
        var status = stat()
        stat(path, &status)
        return (seconds, processorSeconds, Int(status.st_size))
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
