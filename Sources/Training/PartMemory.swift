import Datasets
import Diagnostics
import Execution
import IR

/// The rows of a part as the executor reads them: inputs, targets as the loss wants them, and row weights.
final class PartMemory {
    let part: Part
    let targets: MemoryRegion
    let rowWeights: MemoryRegion?
    /// Whether the weights leave no row any weight.
    let weighsNothing: Bool
    /// 0, 1, 2, ...: the order of evaluation.
    let rows: [Int32]

    /// - Parameters:
    ///   - classWeights: weight of each class, or nil.
    init?(_ part: Part, encoding: TargetEncoding, loss: Loss, outputWidth: Int, classWeights: [Double]?, precision: Precision) {
        self.part = part
        rows = (0..<Int32(part.rows)).map { $0 }
        guard let targets = PartMemory.targets(of: part, encoding: encoding, loss: loss, width: outputWidth, precision: precision)
        else { return nil }
        self.targets = targets
        guard part.weights != nil || classWeights != nil else {
            rowWeights = nil
            weighsNothing = false
            return
        }
        guard let region = MemoryRegion(byteCount: part.rows * precision.byteCount) else { return nil }
        let buffer = ScalarBuffer(region.base, precision)
        for row in 0..<part.rows { buffer[row] = part.lossWeight(row, classWeights) }
        rowWeights = region
        weighsNothing = (0..<part.rows).allSatisfy { buffer[$0] == 0 }
    }

    /// The part's own matrix: it is not copied. Valid while this lives.
    var inputs: UnsafeRawPointer { part.inputs.base }

    /// Class numbers for cross entropy; else [rows][width]: one-hot, 0/1 (of one target or several), or the values (standardised if the encoding
    /// says so).
    private static func targets(of part: Part, encoding: TargetEncoding, loss: Loss, width: Int, precision: Precision) -> MemoryRegion? {
        if loss.usesClassNumbers, case .classes(let classes) = part.targets {
            guard let region = MemoryRegion(byteCount: part.rows * 4) else { return nil }
            for (row, number) in classes.enumerated() { region.base.storeBytes(of: number, toByteOffset: row * 4, as: Int32.self) }
            return region
        }
        guard let region = MemoryRegion(byteCount: part.rows * width * precision.byteCount) else { return nil }
        let buffer = ScalarBuffer(region.base, precision)
        switch part.targets {
        case .classes(let classes):
            for (row, number) in classes.enumerated() {
                if width == 1 { buffer[row] = Double(number) } else { buffer[row * width + Int(number)] = 1 }
            }
        case .labels(let values):
            for index in 0..<values.rows * values.columns { buffer[index] = values[index / values.columns, index % values.columns] }
        case .values(let values):
            guard case .values(_, let centers, let scales) = encoding else { return region }
            for row in 0..<values.rows {
                for column in 0..<values.columns {
                    buffer[row * width + column] = (values[row, column] - centers[column]) / scales[column]
                }
            }
        }
        return region
    }

    var byteCount: Int { part.inputs.withUnsafeBytes { $0.count } + targets.byteCount + (rowWeights?.byteCount ?? 0) }
}

extension Part {
    /// What a row's loss is multiplied by: its own weight times that of its class.
    func lossWeight(_ row: Int, _ classWeights: [Double]?) -> Double {
        let own = weights?[row] ?? 1
        guard let classWeights, case .classes(let classes) = targets else { return own }
        return own * classWeights[Int(classes[row])]
    }
}
