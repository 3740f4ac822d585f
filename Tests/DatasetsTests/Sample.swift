import Datasets
import Diagnostics
import Foundation
import SpecLanguage
import Testing

/// A folder with data files and a spec, gone when the value is.
final class Sample {
    let folder: String
    let sink = DiagnosticSink()

    init(_ files: [String: String] = [:]) throws {
        folder = NSTemporaryDirectory() + "datasets-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in files { try write(name, Array(text.utf8)) }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
    }

    func makeFolder(_ name: String) throws { try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true) }

    func path(_ name: String) -> String { folder + "/" + name }

    /// `data` is the inside of the data section in flow style; `rest` are further lines of the spec.
    func spec(_ data: String, _ rest: String = "", layers: String = "[auto]") throws -> Spec {
        let text = "nnspec: 1\ndata: {\(data)}\nmodel: {layers: \(layers)}\ntraining: {precision: float64}\n\(rest)\n"
        try write("spec.yaml", Array(text.utf8))
        let reading = DiagnosticSink()
        do {
            return try SpecReader.read(path: path("spec.yaml"), sink: reading).spec
        } catch {
            Issue.record("the spec itself is refused: \(reading.diagnostics.map(\.message))")
            throw error
        }
    }

    func prepare(_ data: String, _ rest: String = "", layers: String = "[auto]") throws -> PreparedData {
        try DataPreparation.prepare(try spec(data, rest, layers: layers), sink: sink)
    }

    var codes: [String] { sink.diagnostics.map(\.code) }

    /// Expects a refusal and gives its errors.
    func refusal(_ data: String, _ rest: String = "", layers: String = "[auto]") throws -> [Diagnostic] {
        let spec = try spec(data, rest, layers: layers)
        #expect(throws: Stopped.self) { try DataPreparation.prepare(spec, sink: self.sink) }
        return sink.diagnostics.filter { $0.severity == .error }
    }
}

extension Diagnostic {
    /// All its words.
    var words: String { ([message, label, fix ?? ""] + notes + related.map(\.text)).joined(separator: "\n") }
}
