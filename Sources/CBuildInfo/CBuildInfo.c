#include "CBuildInfo.h"

const char *clusterbot_commit(void) { return CLUSTERBOT_COMMIT; }
