import Diagnostics
import SpecLanguage

/// A file encoded by what a trained model holds, for evaluate and predict.
public enum DataEncoding {
    /// Columns are found by name, in any order.
    ///
    /// - Parameters:
    ///   - target: nil for predict: the target is not needed, and the part's targets are empty.
    ///   - comparesDistributions: the model's loss is kl_divergence, so each row of the targets has to be a distribution.
    /// - Returns: the part, and the columns that neither a feature nor the target uses.
    /// Errors: E1xxx, naming the file.
    public static func encode(
        path: String, preprocessing: Preprocessing, target: TargetEncoding?, precision: TrainingSpec.Precision,
        comparesDistributions: Bool = false, sink: DiagnosticSink
    ) throws(Stopped) -> (part: Part, extraColumns: [String]) {
        let sink = sink.stage()
        let file = try DataFile.open(path, at: nil, sink: sink)
        let source = try CSVSource(file, options: options(preprocessing.csv, path), for: .trainedModel, at: nil, sink: sink)
        let (requests, extra) = try requests(source, preprocessing.features, target, sink: sink)
        let table = try source.read(requests, at: nil, sink: sink)
        try TableChecks.check(table, precision: precision, missing: { missing(preprocessing.features, $0) }, sink: sink)
        let encoding = PartEncoding(table: table, precision: precision, comparesDistributions: comparesDistributions, sink: sink)
        let rows = (0..<Int32(table.rows)).map { $0 }
        let part = try encoding.encode(preprocessing.features, target, rows: rows)
        encoding.noteFills(preprocessing.features, rows: rows)
        return (part, extra)
    }

    /// A .tsv file has tabs, also for a model trained on commas.
    static func options(_ csv: CSVOptions, _ path: String) -> CSVOptions {
        var options = csv
        if DataSpec.FileFormat(ending: FilePath.ending(of: path)) == .tsv { options.useTabs() }
        return options
    }

    static func missing(_ transforms: [FeatureTransform], _ index: Int) -> TableChecks.Missing {
        guard index < transforms.count else { return .error(isImplied: false) }
        switch transforms[index].kind {
        case .number(_, _, _, nil), .category(_, _, nil): return .errorWithoutFill
        default: return .filled
        }
    }

    /// The columns of the transforms and then those of the target, to be read as the transforms say; and the names of the others.
    static func requests(
        _ source: CSVSource, _ transforms: [FeatureTransform], _ target: TargetEncoding?, sink: DiagnosticSink
    ) throws(Stopped) -> ([ColumnRequest], extraColumns: [String]) {
        let targetNames = target?.names ?? []
        try ColumnSelection.require((transforms.map(\.name) + targetNames).map { Sourced($0) }, in: source, sink: sink)
        let requests =
            transforms.map { transform in
                ColumnRequest(
                    index: source.index(of: transform.name) ?? 0, name: transform.name, mode: transform.isCategory ? .category : .number,
                    missingValues: transform.missingValues)
            }
            + targetNames.map { name in
                ColumnRequest(
                    index: source.index(of: name) ?? 0, name: name, mode: target?.isOfClasses == true ? .label : .number, missingValues: [""],
                    isTarget: true)
            }
        let used = Set(requests.map(\.index))
        let extra = source.columns.indices.filter { !used.contains($0) }.map { source.columns[$0] }
        return (requests, extra)
    }
}
