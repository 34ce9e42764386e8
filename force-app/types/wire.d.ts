/** What a wire hands over, by adapter family. */
declare namespace Wire {
  /** Any adapter; what it hands over is typed where it is received. */
  type Adapter = import('lwc').WireAdapterConstructor;
  /** Lightning Data Service: one of the two is there once an answer has come. */
  interface LdsResult<Data> {
    data?: Data;
    error?: unknown;
  }
  /** `lightning/graphql`: partial data may come with errors; `refresh` asks the server again. */
  interface GraphqlResult {
    data?: unknown;
    errors?: unknown;
    refresh?: () => Promise<unknown>;
  }
}
