import Diagnostics
import SpecLanguage

/// The data files of a spec: opened, their headers read, the columns that the spec names found in them.
enum DataFiles {
    /// One of them: which part it is, where the spec names it, its header.
    struct PartSource {
        /// 0 train (or the one file), 1 validation, 2 test.
        let part: Int
        let place: SourceRange?
        let source: any TableSource
    }

    /// Those that can be read, the training file first; what is wrong with any of them is told.
    ///
    /// - Parameter trust: nil for a spec without mistakes.
    static func open(_ data: DataSpec, trust: SpecTrust? = nil, memoryLimit: MemoryLimit = MemoryLimit(), threads: Int, sink: DiagnosticSink)
        -> [PartSource]
    {
        let paths: [(name: String, path: Sourced<String>?)] =
            switch data.files {
            case .single(let path): [(data.isOfArrays ? "inputs" : "path", path)]
            case .parts(let train, let validation, let test): [("train", train), ("validation", validation), ("test", test)]
            }
        let settings = ["format", "delimiter", "header", "comment", "decimal", "query", "targets"]
        let canReadHeaders = trust.map { trust in settings.allSatisfy { trust.holds("data", $0) } } ?? true
        var sources: [PartSource] = []
        var targets = data.targetFiles[...]
        for (part, (name, path)) in paths.enumerated() {
            let target = path == nil ? nil : targets.popFirst()
            guard let path, trust?.holds("data", name) ?? true, path.range != nil || trust == nil else { continue }
            let request = DataRequest(
                path: path, targets: target, format: data.format.value, csv: DataFormat.written(data), query: data.query, memoryLimit: memoryLimit)
            guard canReadHeaders else {
                _ = try? OpenedFile(request.name.path, at: path.range, isFromCommandLine: path.isFromCommandLine, sink: sink)
                continue
            }
            guard let source = try? request.open(threads: threads, sink: sink) else { continue }
            sources.append(PartSource(part: part, place: path.range, source: source))
        }
        return sources
    }

    /// The data as the files turn out to be: arrays tell how many targets they have.
    static func resolved(_ data: DataSpec, _ sources: [PartSource]) -> DataSpec {
        guard data.isOfArrays, let arrays = sources.first(where: { $0.part == 0 })?.source as? ArraySource else { return data }
        var data = data
        let origin = data.targetFiles.first?.origin ?? .standard
        data.targets = arrays.targetNames.map { Sourced($0, origin) }
        return data
    }

    /// The features as the training file has them, nil if it lacks some, and the files that have all columns of the spec. What several files
    /// lack is told once.
    static func features(
        _ data: DataSpec, _ sources: [PartSource], sink: DiagnosticSink
    ) -> (features: [FeatureSettings]?, complete: [PartSource]) {
        let first = sources.first { $0.part == 0 }
        let features = first.flatMap { try? ColumnSelection.features(data, $0.source, sink: sink) }
        var complete = features == nil ? [] : [first].compactMap { $0 }
        let named = (features?.map(\.name) ?? data.features?.map(\.name) ?? []) + data.targets + [data.sampleWeight].compactMap { $0 }
        for other in sources where other.part != 0 {
            if let arrays = other.source as? ArraySource, let first = first?.source, arrays.columns.count != first.columns.count {
                sink.emit(
                    .widthOfArray(
                        arrays.name, arrays.columns.count, wanted: first.columns.count, "with its targets", of: first.name, at: other.place))
                continue
            }
            let names = named.filter { name in first.map { $0.source.index(of: name.value) != nil } ?? true }
            let hasAll: Void? = try? ColumnSelection.require(names, in: other.source, at: other.place, sink: sink)
            if hasAll != nil { complete.append(other) }
        }
        return (features, complete)
    }

    /// The columns that a spec with mistakes names, as far as its names can be relied on.
    static func checkNames(_ data: DataSpec, _ sources: [PartSource], trust: SpecTrust, sink: DiagnosticSink) {
        let isWhole = ["target", "features", "exclude"].allSatisfy { trust.isRead("data", $0) }
        if isWhole {
            _ = features(data, sources, sink: sink)
            return
        }
        // Names that nobody wrote stand in for mistakes.
        let others = [data.splitKey, data.sampleWeight].compactMap { $0 }
        let names = (data.targets + (data.features ?? []).map(\.name) + data.exclude.value + others).filter { $0.range != nil }
        for source in sources.prefix(1) { try? ColumnSelection.require(names, in: source.source, sink: sink) }
    }
}
