/// Mean and deviation of up to eight columns at once, each summed in the order of its rows: the same bits as one after the other.
///
/// Eight chains of additions go on side by side, where one alone would wait for every sum.
struct ColumnSums {
    static let lanes = 8

    private let count: Double
    private var low: SIMD8<Double>
    private var high: SIMD8<Double>
    private let mean: SIMD8<Double>
    private var squares = SIMD8<Double>(repeating: 0)
    private var residual = SIMD8<Double>(repeating: 0)

    /// nil without a column or row. Precondition: no NaN.
    init?(_ columns: [UnsafeBufferPointer<Double>], _ rows: [Int32]) {
        guard !columns.isEmpty, !rows.isEmpty else { return nil }
        let sources = (0..<ColumnSums.lanes).map { columns[min($0, columns.count - 1)].baseAddress }
        guard let a = sources[0], let b = sources[1], let c = sources[2], let d = sources[3], let e = sources[4], let f = sources[5],
            let g = sources[6], let h = sources[7]
        else { return nil }
        @inline(__always)
        func values(_ number: Int32) -> SIMD8<Double> {
            let row = Int(number)
            return SIMD8(a[row], b[row], c[row], d[row], e[row], f[row], g[row], h[row])
        }
        count = Double(rows.count)
        var (low, high) = (values(rows[0]), values(rows[0]))
        var sum = SIMD8<Double>(repeating: 0)
        for row in rows {
            let value = values(row)
            sum += value
            // Of equals (0 and -0) the first is the lowest, as `min` has it.
            low.replace(with: value, where: value .< low)
            high.replace(with: value, where: value .>= high)
        }
        (self.low, self.high) = (low, high)
        let mean = sum / SIMD8(repeating: count)
        self.mean = mean
        var (squares, residual) = (SIMD8<Double>(repeating: 0), SIMD8<Double>(repeating: 0))
        for row in rows {
            let difference = values(row) - mean
            squares += difference * difference
            residual += difference
        }
        (self.squares, self.residual) = (squares, residual)
    }

    /// As `Scaling.fit` with zscore.
    func scaling(_ lane: Int) -> Scaling {
        Scaling.constant(low: low[lane], high: high[lane])
            ?? Scaling(
                center: mean[lane], scale: ((squares[lane] - residual[lane] * residual[lane] / count) / count).squareRoot(), isConstant: false)
    }
}
