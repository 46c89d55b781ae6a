"""An editor's session over pages whose truth is known: read, corrected through the desk's own addresses, counted."""
